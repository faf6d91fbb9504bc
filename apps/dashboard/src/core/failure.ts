import type { ErrorBody } from '@quorate/contract';

/** An answer that was no success, or none at all, from a node or from the supervisor. */
export class RequestFailure extends Error {
  override readonly name = 'RequestFailure';

  /** Who was asked in vain, as an origin; null when an answer came, or nobody was asked. */
  readonly unreached: string | null;

  /** @param status the HTTP status; null when no answer came */
  constructor(
    readonly status: number | null,
    readonly body: ErrorBody,
    { unreached = null, ...options }: ErrorOptions & { readonly unreached?: string | null } = {},
  ) {
    super(body.message, options);
    this.unreached = unreached;
  }
}

/** Nobody was asked, so nothing has changed. */
function unasked(code: string, message: string): RequestFailure {
  const body = { code, message, outcome: 'not-applied', retryable: true, leader: null } as const;
  return new RequestFailure(null, body);
}

export const nobodyToAsk = (): RequestFailure =>
  unasked('nobody-to-ask', 'No member is up that could be asked.');

export const noAddress = (node: string): RequestFailure =>
  unasked('no-address', `${node} has no address that this page knows.`);

/** What was asked for: only for something that changes state does the outcome matter. */
export type Asked = 'read' | 'change';

/** Any failure as the page keeps and shows it: `t.failure.explain` says it in words. */
export interface Problem {
  readonly asked: Asked;
  /** As the contract has it; `page` for this page's own trouble. */
  readonly code: string;
  /** In the words of who failed. */
  readonly message: string;
  /** Whether it may have happened; null when nothing was asked of anybody. */
  readonly outcome: ErrorBody['outcome'] | null;
  readonly retryable: boolean;
  /** Who leads, where the answer tells. */
  readonly leader: string | null;
  /** Who was asked in vain, as an origin; null when that was not the trouble. */
  readonly unreached: string | null;
}

export function problemOf(error: unknown, asked: Asked): Problem {
  if (error instanceof RequestFailure) {
    const { code, message, outcome, retryable, leader } = error.body;
    const { unreached } = error;
    return { asked, code, message, outcome, retryable, leader: leader?.id ?? null, unreached };
  }
  const message = error instanceof Error ? error.message : String(error);
  const unknown = { outcome: null, retryable: false, leader: null, unreached: null } as const;
  return { asked, code: 'page', message, ...unknown };
}

import type { ErrorBody } from '@quorate/contract';

/** An answer that was no success, or none at all, from a node or from the supervisor. */
export class RequestFailure extends Error {
  override readonly name = 'RequestFailure';

  /** @param status the HTTP status; null when no answer came */
  constructor(
    readonly status: number | null,
    readonly body: ErrorBody,
    options?: ErrorOptions,
  ) {
    super(body.message, options);
  }
}

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
}

export function problemOf(error: unknown, asked: Asked): Problem {
  if (error instanceof RequestFailure) {
    const { code, message, outcome, retryable, leader } = error.body;
    return { asked, code, message, outcome, retryable, leader: leader?.id ?? null };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { asked, code: 'page', message, outcome: null, retryable: false, leader: null };
}

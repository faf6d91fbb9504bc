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

/** What went wrong, whether it may have happened, and what to do: sentences. */
function inWords({ message, outcome, retryable, leader }: ErrorBody, asked: Asked): string {
  const parts = [/[.!?]$/.test(message) ? message : `${message}.`];
  if (asked === 'change') {
    parts.push(
      outcome === 'not-applied'
        ? 'Nothing was changed.'
        : 'It may have happened or not: look before you repeat it.',
    );
  }
  if (retryable) parts.push('Trying again may help.');
  if (leader && !message.includes(leader.id)) parts.push(`${leader.id} leads.`);
  return parts.join(' ');
}

/** Any failure, in words. */
export function explain(error: unknown, asked: Asked): string {
  if (error instanceof RequestFailure) return inWords(error.body, asked);
  return error instanceof Error ? error.message : String(error);
}

export type SupervisorErrorCode =
  | 'usage'
  | 'data-directory'
  | 'already-running'
  | 'port-in-use'
  | 'formation-failed'
  | 'invalid-argument'
  | 'not-found'
  | 'conflict'
  | 'limit-reached'
  | 'shutting-down'
  | 'node-exited'
  | 'node-timeout';

/** An expected failure: its message says what happened and what to do about it. */
export class SupervisorError extends Error {
  override readonly name = 'SupervisorError';

  /** @param retryable whether the same may succeed later. Default false. */
  constructor(
    readonly code: SupervisorErrorCode,
    message: string,
    readonly retryable = false,
  ) {
    super(message);
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What happens to sessions, on every node where the entry is applied. `open`: how many are left. */
export type SessionEvent =
  | { readonly type: 'session-opened'; readonly session: number; readonly open: number }
  | { readonly type: 'session-closed'; readonly session: number; readonly open: number }
  | { readonly type: 'sessions-expired'; readonly expired: number; readonly open: number };

/** What a node's state holds of sessions. */
export interface SessionsStatus {
  /** Open sessions. */
  readonly count: number;
  /** Idempotency keys whose results are kept. */
  readonly keys: number;
  /** Replicated time: it moves while there are sessions or keys, and never by a node's own clock. */
  readonly clusterTimeMs: number;
}

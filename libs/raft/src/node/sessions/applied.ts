import type { Proposed } from '../calls/call.js';

/** Why the sessions did not apply what an entry holds (thesis §6.3). It changed nothing. */
export type SessionRefusal =
  | 'session-expired'
  | 'session-sequence'
  | 'key-reused'
  /** There are as many sessions, or results kept for one, as there may be. */
  | 'overloaded'
  /** The entry holds what no correct node proposes. */
  | 'malformed';

/** What became of a committed entry: where and with what result it, or its first try, was applied. */
export type Applied<Result> = Proposed<Result | undefined> | SessionRefusal;

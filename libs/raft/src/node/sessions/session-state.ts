import type { Proposed } from '../calls/call.js';
import type { SessionRefusal } from './applied.js';
import { fingerprintOf, type KeptResult } from './kept-result.js';
import type { SessionEntry } from './session-entry.js';

type SessionCommand = Extract<SessionEntry, { type: 'command' }>;

export interface SequencedResult<Result> extends KeptResult<Result> {
  readonly sequence: number;
}

/** One session, never changed but replaced: a snapshot holds on to it while the node goes on. */
export interface SessionState<Result> {
  /** The index of the entry that opened it. */
  readonly id: number;
  readonly ttlMs: number;
  /** Cluster time of the first time entry behind its last sign of life; null until that comes. */
  readonly idleSince: number | null;
  /** No command below is asked for again. */
  readonly acknowledgedBelow: number;
  /** The results of the others, in the order in which they came. */
  readonly kept: readonly SequencedResult<Result>[];
}

export function opened<Result>(id: number, ttlMs: number): SessionState<Result> {
  return { id, ttlMs, idleSince: null, acknowledgedBelow: 1, kept: [] };
}

/** After a sign of life. Results that the client has for certain are let go (thesis §6.3). */
export function heardFrom<Result>(
  session: SessionState<Result>,
  acknowledgedBelow = session.acknowledgedBelow,
): SessionState<Result> {
  if (acknowledgedBelow <= session.acknowledgedBelow) return { ...session, idleSince: null };
  const kept = session.kept.filter(({ sequence }) => sequence >= acknowledgedBelow);
  return { ...session, idleSince: null, acknowledgedBelow, kept };
}

/** What became of an earlier try of this command; null when there was none. */
export function earlierTry<Result>(
  { acknowledgedBelow, kept }: SessionState<Result>,
  { sequence, data }: SessionCommand,
): Proposed<Result> | SessionRefusal | null {
  if (sequence < acknowledgedBelow) return 'session-sequence';
  const earlier = kept.find((result) => result.sequence === sequence);
  if (earlier === undefined) return null;
  return earlier.fingerprint === fingerprintOf(data) ? earlier.answer : 'session-sequence';
}

export function withResult<Result>(
  session: SessionState<Result>,
  { sequence, data }: SessionCommand,
  answer: Proposed<Result>,
): SessionState<Result> {
  const result = { sequence, fingerprint: fingerprintOf(data), answer };
  return { ...session, kept: [...session.kept, result] };
}

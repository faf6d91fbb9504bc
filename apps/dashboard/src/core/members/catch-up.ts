import type { Progress } from '@quorate/contract';

/** How far a follower is on its way to what its leader has committed. */
export interface CatchUp {
  /** By entries of the log, or by a snapshot that stands for them. */
  readonly by: 'entries' | 'snapshot';
  /** 0 to 1. */
  readonly share: number;
  /** Entries, or bytes of the snapshot, that it lacks. */
  readonly missing: number;
}

/** @param commit of the leader whose progress this is */
export function catchUpOf({ match, snapshot }: Progress, commit: number): CatchUp {
  if (snapshot) {
    const { receivedBytes, bytes } = snapshot;
    return { by: 'snapshot', share: shareOf(receivedBytes, bytes), missing: bytes - receivedBytes };
  }
  return { by: 'entries', share: shareOf(match, commit), missing: Math.max(0, commit - match) };
}

const shareOf = (part: number, whole: number): number =>
  whole === 0 ? 1 : Math.min(1, part / whole);

import { type FaultKind, faultKinds } from './faults/fault.js';

/** How much happened in a run. */
export interface Counts {
  /** Steps of all cores. */
  steps: number;
  /** Messages that arrived. */
  messages: number;
  electionsWon: number;
  entriesCommitted: number;
  configurationsCommitted: number;
  snapshotsTaken: number;
  /** From a leader. */
  snapshotsRestored: number;
  writesAcknowledged: number;
  writesRefused: number;
  /** Writes whose outcome their callers never learned. */
  writesUnknown: number;
  sessionsOpened: number;
  /** Further tries of writes that sessions or keys let through once. */
  writesRepeated: number;
  readsAnswered: number;
  readsFailed: number;
  /** Runs whose client history the checker could not judge within its bounds. */
  historiesUndetermined: number;
  /** Messages of which a byte changed on the way, and connections that were closed for it. */
  framesGarbled: number;
  streamsBroken: number;
  /** Processes that came up from what their disk held. */
  starts: number;
  /** Of those, how many cut a write that the last process had not finished. */
  tornWritesCut: number;
  /** Volumes that were damaged, and refused to open. */
  volumesRefused: number;
  readonly faults: Record<FaultKind, number>;
}

export function noCounts(): Counts {
  return {
    steps: 0,
    messages: 0,
    electionsWon: 0,
    entriesCommitted: 0,
    configurationsCommitted: 0,
    snapshotsTaken: 0,
    snapshotsRestored: 0,
    writesAcknowledged: 0,
    writesRefused: 0,
    writesUnknown: 0,
    sessionsOpened: 0,
    writesRepeated: 0,
    readsAnswered: 0,
    readsFailed: 0,
    historiesUndetermined: 0,
    framesGarbled: 0,
    streamsBroken: 0,
    starts: 0,
    tornWritesCut: 0,
    volumesRefused: 0,
    faults: Object.fromEntries(faultKinds.map((kind) => [kind, 0])) as Record<FaultKind, number>,
  };
}

/** Adds what happened in another run. */
export function addCounts(sum: Counts, other: Counts): void {
  const { faults, ...rest } = other;
  for (const name of Object.keys(rest) as (keyof typeof rest)[]) sum[name] += rest[name];
  for (const kind of faultKinds) sum.faults[kind] += faults[kind];
}

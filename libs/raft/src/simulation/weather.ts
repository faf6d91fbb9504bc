import {
  defaultElections,
  defaultLimits,
  defaultTiming,
  type Elections,
  type Limits,
  type Timing,
} from '../core/options.js';
import { type FaultKind, faultKinds } from './faults/fault.js';
import type { FaultsOptions } from './faults/faults.js';
import type { ClientsOptions } from './load/clients.js';
import type { SessionClientsOptions } from './load/session-clients.js';
import type { Random, Span } from './time/random.js';
import type { Conditions } from './world/conditions.js';

/** What one run is like. */
export interface Weather {
  readonly timing: Timing;
  /** The nodes have these in turn. */
  readonly elections: readonly [Elections, ...Elections[]];
  readonly limits: Limits;
  readonly leaseReads: boolean;
  readonly diskMs: Span;
  readonly segmentBytes: number;
  readonly conditions: Conditions;
  readonly checksIncarnation: boolean;
  readonly clients: ClientsOptions;
  readonly sessionClients: SessionClientsOptions;
  readonly faults: FaultsOptions;
  /** When faults begin: at once, or when the cluster has had time to form. */
  readonly faultsFromMs: number;
}

/**
 * Each run has its own mixture of conditions and kinds of faults: where everything happens all the
 * time, much of what can go wrong never does ("swarm testing", Groce and others, 2012).
 */
export function forecast(random: Random): Weather {
  const timing = someTiming(random);
  return {
    timing,
    limits: limits(random),
    leaseReads: random.chance(0.5),
    diskMs: random.pick<Span>([
      [0.1, 1],
      [0.1, 5],
      [1, 40],
    ]),
    segmentBytes: random.pick([4096, 8192, 32_768]),
    conditions: conditions(random),
    checksIncarnation: random.chance(0.5),
    clients: {
      count: random.integer([2, 5]),
      keys: random.integer([1, 4]),
      maxBytes: random.pick([64, 600, 1500]),
      thinkMs: [0, random.pick([50, 150, 400])],
    },
    sessionClients: {
      count: random.integer([0, 2]),
      keys: random.integer([1, 4]),
      ttlMs: random.pick([1000, 2000, 10_000]),
      thinkMs: [0, random.pick([50, 400, 3000])],
    },
    faults: {
      kinds: kinds(random),
      everyMs: [0, random.pick([600, 1500, 3000])],
    },
    faultsFromMs: random.pick([0, 1500, 3000]),
    elections: isNarrow(timing) ? [defaultElections] : elections(random),
  };
}

/** A narrow span lets several stand at once, which seldom happens otherwise. */
function someTiming(random: Random): Timing {
  if (random.chance(0.5)) return defaultTiming;
  return random.pick<Timing>([
    { heartbeatMs: 30, electionMs: [200, 400], stallMs: 800 },
    { heartbeatMs: 50, electionMs: [150, 160], stallMs: 320 },
    { heartbeatMs: 150, electionMs: [300, 1200], stallMs: 2400 },
  ]);
}

/**
 * Where all wait equally long, somebody whose log is too short to win, and who does not ask first, can
 * stand before the others for longer than a run lasts (paper §5.6).
 */
function isNarrow({ electionMs: [min, max] }: Timing): boolean {
  return max - min < min / 2;
}

/** Nodes that ask before they stand beside nodes that do not, and some that let others go first. */
function elections(random: Random): Weather['elections'] {
  if (random.chance(0.5)) return [defaultElections];
  const [lowest, highest] = [1, defaultElections.priority];
  return [
    { preVote: random.chance(0.5), priority: highest },
    { preVote: random.chance(0.5), priority: random.integer([lowest, highest]) },
    { preVote: random.chance(0.5), priority: random.integer([lowest, highest]) },
  ];
}

/** Small ones, so that they are reached. */
function limits(random: Random): Limits {
  if (random.chance(0.2)) return defaultLimits;
  return {
    maxAppendBytes: random.pick([1, 100, 1000, 100_000]),
    maxAppendEntries: random.pick([1, 5, 1000]),
    maxInflight: random.pick([1, 2, 16]),
    maxInflightBytes: random.pick([1, 300, 100_000]),
    maxUncommittedBytes: random.pick([500, 5000, 1_000_000]),
    maxWaiting: random.pick([4, 50, 1000]),
    snapshotEntries: random.pick([20, 60, 200]),
    snapshotBytes: random.pick([1000, 1_000_000]),
    trailingEntries: random.pick([0, 5, 50]),
  };
}

function conditions(random: Random): Conditions {
  const isRough = random.chance(0.5);
  return {
    delayMs: [0.1, random.pick([1, 5, 30])],
    lossChance: isRough ? random.pick([0, 0.01, 0.05]) : 0,
    duplicateChance: isRough ? random.pick([0, 0.01, 0.1]) : 0,
    lateChance: isRough ? random.pick([0, 0.01, 0.05]) : 0,
    lateMs: [20, random.pick([200, 1500])],
    noiseChance: 0,
  };
}

function kinds(random: Random): readonly FaultKind[] {
  const some = random.some(faultKinds, random.pick([0.2, 0.5, 0.9]));
  return some.length === 0 ? [random.pick(faultKinds)] : some;
}

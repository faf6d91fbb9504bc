import type { Administrator } from '../load/administrator.js';
import type { Caller } from '../load/caller.js';
import type { Random, Span } from '../time/random.js';
import type { Cluster } from '../world/cluster.js';

/** What a fault may use and do harm to. */
export interface Stage {
  readonly cluster: Cluster;
  readonly administrator: Administrator;
  readonly caller: Caller;
  readonly random: Random;
}

/** One kind of harm. */
export interface Fault {
  readonly lastsMs: Span;
  /** Strikes, and returns what ends it; null when there is nothing that it could strike now. */
  strike(stage: Stage): (() => void) | null;
}

export const faultKinds = [
  'crash',
  'crash-in-write',
  'power-loss',
  'restart-storm',
  'pause',
  'wipe',
  'split',
  'isolate',
  'one-way',
  'bridge',
  'broken-connection',
  'storm',
  'noise',
  'disk-failure',
  'unreadable-disk',
  'full-disk',
  'slow-disk',
  'disk-stall',
  'damage',
  'sleep',
  'clock-drift',
  'clock-jump',
  'old-version',
  'transfer',
  'election',
  'removal',
  'demotion',
] as const;

export type FaultKind = (typeof faultKinds)[number];

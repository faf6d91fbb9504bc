import type { Machine } from './machine.js';
import type { Mix } from './measures/http.js';
import type { Million } from './measures/million.js';
import type { Outcome } from './load/generator.js';

/** One load at one number of connections, a value for each round. */
export interface HttpFigure {
  readonly system: 'quorate' | 'etcd' | 'bare';
  readonly mix: Mix;
  readonly connections: number;
  readonly rounds: readonly Outcome[];
}

/** Everything that a run has measured; a part that was not run is missing. */
export interface Figures {
  readonly machine: Machine;
  readonly generator: string;
  readonly http?: readonly HttpFigure[];
  readonly library?: readonly {
    readonly bytes: number;
    readonly outstanding: number;
    readonly rate: number;
    readonly p50: number;
    readonly p99: number;
  }[];
  /** Entries a second in batches of 128: the log store's, and the raw file's. */
  readonly log?: { readonly store: number; readonly raw: number };
  /** Milliseconds of each failover. */
  readonly failover?: { readonly quorate: readonly number[]; readonly etcd: readonly number[] };
  readonly restart?: { readonly entries: number; readonly ms: number };
  readonly million?: Million;
  readonly watched?: readonly {
    readonly closed: number;
    readonly open: number;
    readonly share: number;
  }[];
  readonly sizes?: readonly {
    readonly system: 'quorate' | 'etcd';
    readonly nodes: number;
    readonly writes: Outcome;
  }[];
  readonly soak?: {
    readonly elections: number;
    readonly slices: readonly {
      readonly rate: number;
      readonly p99: number;
      readonly errors: number;
      readonly rssBytes: number;
    }[];
  };
}

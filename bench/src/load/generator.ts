import { execFileSync } from 'node:child_process';
import type { KeyedRequest } from '../clusters/cluster.js';
import { autocannonLoad } from './autocannon.js';
import { wrkLoad } from './wrk.js';

export interface Load {
  readonly origin: string;
  /** Requests and their shares, which add up to 1. */
  readonly requests: readonly { readonly share: number; readonly request: KeyedRequest }[];
  readonly connections: number;
  readonly seconds: number;
}

/** What came of a load. Latencies in milliseconds. */
export interface Outcome {
  /** Successful requests a second. */
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  /** Answers that were no success, and connections that broke. */
  readonly errors: number;
}

export interface Generator {
  readonly name: string;
  run(load: Load): Promise<Outcome>;
}

/** Keys that loads write and read. */
export const keys = 10_000;
export const keyOf = (at: number): string => `bench-${at}`;

/** `wrk` where it is installed: it costs the machine little. Else autocannon, which costs more. */
export function generator(): Generator {
  try {
    execFileSync('wrk', ['--version'], { stdio: 'ignore' });
  } catch (error) {
    // wrk prints its version and exits with 1.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return { name: 'autocannon', run: autocannonLoad };
    }
  }
  return { name: 'wrk', run: wrkLoad };
}

import type { NodeProcess, NodeStatus } from '@quorate/contract';

/** A socket of this page. */
export type Link = 'connecting' | 'open' | 'closed';

/** What this page knows of one node, and from whom: the supervisor, or the node itself. */
export interface Observation {
  readonly id: string;
  /** Where this page reaches it; null when nobody has told. */
  readonly url: string | null;
  /** The supervisor's word; null for a node that it did not start. */
  readonly process: NodeProcess | null;
  /** The node's last word about itself. */
  readonly status: NodeStatus | null;
  /** When that word came, page time, ms. */
  readonly heardAt: number | null;
  /** When it was last heard at all: later than that, where its words since were thinned out. */
  readonly lastHeardAt: number | null;
  readonly link: Link;
  /** Why the link is not open, or why its frames cannot be read. */
  readonly problem: string | null;
}

/**
 * - `live`: its own word is fresh
 * - `silent`: connected, but no word in time
 * - `paused`, `stopping`, `dead`, `starting`: the supervisor says so
 * - `unreachable`: no connection, and nobody says why
 */
export type Vitality =
  'live' | 'silent' | 'paused' | 'stopping' | 'dead' | 'starting' | 'unreachable';

/** A node that sent no frame for this long is not believed to be as it was, ms. */
export const staleAfterMs = 2_000;

/** The supervisor outranks the node on life and death, while the supervisor itself answers. */
export function vitalityOf(seen: Observation, supervisor: Link, now: number): Vitality {
  const state = supervisor === 'open' ? seen.process?.state : undefined;
  if (state === 'exited') return 'dead';
  if (state === 'paused') return 'paused';
  if (state === 'stopping') return 'stopping';
  if (seen.link === 'open' && seen.lastHeardAt !== null) {
    return now - seen.lastHeardAt <= staleAfterMs ? 'live' : 'silent';
  }
  if (state === 'starting') return 'starting';
  return seen.link === 'closed' ? 'unreachable' : 'starting';
}

/** How a process ended, as `SIGKILL` or `exit 1`; null when it has not, or nobody knows. */
export function exitInWords(process: NodeProcess): string | null {
  if (process.exitSignal) return process.exitSignal;
  return process.exitCode === null ? null : `exit ${process.exitCode}`;
}

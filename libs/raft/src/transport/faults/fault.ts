import type { NodeId } from '../../core/entry.js';
import { failure } from '../failures.js';

/** The way of a message, seen from this node. */
export type Direction = 'out' | 'in';

/** What a fault does. */
export type FaultEffect =
  /** Every message is lost. */
  | { readonly type: 'cut' }
  /** Every message comes so many milliseconds later, at most a minute. */
  | { readonly type: 'delay'; readonly ms: number }
  /** A message is lost with this chance, 0 to 1. */
  | { readonly type: 'loss'; readonly chance: number };

/** A fault between this node and one peer, as somebody asks for it. */
export interface FaultRequest {
  readonly peer: NodeId;
  readonly direction: Direction | 'both';
  readonly effect: FaultEffect;
  /** Who wants it, for those who find it in the list. */
  readonly owner: string;
  /** Milliseconds until it heals by itself, at most an hour. */
  readonly ttlMs: number;
}

/** A fault that is in force. */
export interface Fault extends FaultRequest {
  readonly id: string;
  /** Milliseconds until it heals by itself. */
  readonly leftMs: number;
}

const MAX_DELAY_MS = 60_000;
const MAX_TTL_MS = 60 * 60_000;

/** @throws RaftError `invalid-argument` */
export function checkFault({ peer, owner, effect, ttlMs }: FaultRequest): void {
  must(peer !== '' && owner !== '', 'a fault names its peer and its owner');
  must(ttlMs > 0 && ttlMs <= MAX_TTL_MS, `ttlMs must be above 0 and at most ${MAX_TTL_MS}`);
  if (effect.type === 'delay') {
    must(
      effect.ms > 0 && effect.ms <= MAX_DELAY_MS,
      `ms must be above 0 and at most ${MAX_DELAY_MS}`,
    );
  }
  if (effect.type === 'loss') {
    must(effect.chance > 0 && effect.chance <= 1, 'chance must be above 0 and at most 1');
  }
}

function must(holds: boolean, rule: string): void {
  if (!holds) throw failure('invalid-argument', rule);
}

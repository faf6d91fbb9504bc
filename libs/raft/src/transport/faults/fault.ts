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
  | { readonly type: 'loss'; readonly chance: number }
  /** Cut and whole by turns, beginning with cut, each for so many milliseconds: 50 to a minute. */
  | { readonly type: 'flap'; readonly cutMs: number; readonly wholeMs: number };

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

/** A request that was granted. */
export interface InjectedFault extends FaultRequest {
  readonly id: string;
}

/** A fault that is in force. */
export interface Fault extends InjectedFault {
  /** Milliseconds until it heals by itself. */
  readonly leftMs: number;
}

/** A fault began, or is over: somebody healed it, or its time has run out. */
export type FaultEvent =
  | ({ readonly type: 'fault-injected' } & InjectedFault)
  | ({ readonly type: 'fault-healed'; readonly why: 'healed' | 'expired' } & InjectedFault);

const MAX_DELAY_MS = 60_000;
const MIN_TURN_MS = 50;
const MAX_TURN_MS = 60_000;
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
  if (effect.type === 'flap') {
    const isTurn = (ms: number) => ms >= MIN_TURN_MS && ms <= MAX_TURN_MS;
    must(
      isTurn(effect.cutMs) && isTurn(effect.wholeMs),
      `cutMs and wholeMs must be from ${MIN_TURN_MS} to ${MAX_TURN_MS}`,
    );
  }
}

function must(holds: boolean, rule: string): void {
  if (!holds) throw failure('invalid-argument', rule);
}

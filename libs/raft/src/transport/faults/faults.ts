import type { NodeId } from '../../core/entry.js';
import { failure } from '../failures.js';
import { checkFault } from './fault.js';
import type { Direction, Fault, FaultRequest } from './fault.js';

const MAX_FAULTS = 64;

type Lasting = FaultRequest & { readonly id: string; readonly until: number };

/** What faults do to one message. */
export interface Fate {
  readonly isLost: boolean;
  readonly delayMs: number;
}

const unharmed: Fate = { isLost: false, delayMs: 0 };

/** The faults of one transport. They do nothing to connections: only messages are lost or late. */
export class Faults {
  private lasting: readonly Lasting[] = [];
  private lastId = 0;

  /**
   * @param healed told when a fault with this peer was healed before its time
   * @param random chance of loss, in [0, 1)
   */
  constructor(
    private readonly healed: (peer: NodeId) => void,
    private readonly random: () => number,
  ) {}

  /**
   * Begins a fault. Those that meet on one message add up.
   * @throws RaftError `invalid-argument` when the request makes no sense, or 64 faults last already
   */
  inject(request: FaultRequest): Fault {
    checkFault(request);
    const others = this.current();
    if (others.length >= MAX_FAULTS) {
      throw failure('invalid-argument', `${MAX_FAULTS} faults last already: heal some first`);
    }
    const { ttlMs } = request;
    const fault = { ...request, id: `f${++this.lastId}`, until: performance.now() + ttlMs };
    this.lasting = [...others, fault];
    return asSeen(fault);
  }

  /** Those that last. */
  list(): readonly Fault[] {
    return this.current().map(asSeen);
  }

  /** @returns false when no such fault lasts */
  heal(id: string): boolean {
    const fault = this.current().find((one) => one.id === id);
    if (fault === undefined) return false;
    this.lasting = this.lasting.filter((one) => one !== fault);
    this.healed(fault.peer);
    return true;
  }

  /** Ends every fault, whoever wanted it. */
  healAll(): void {
    for (const { id } of this.current()) this.heal(id);
  }

  /** What becomes of a message that passes now. @internal */
  fate(peer: NodeId, direction: Direction): Fate {
    if (this.lasting.length === 0) return unharmed;
    let isLost = false;
    let delayMs = 0;
    for (const { effect } of this.between(peer, direction)) {
      if (effect.type === 'cut') isLost = true;
      else if (effect.type === 'delay') delayMs += effect.ms;
      else if (this.random() < effect.chance) isLost = true;
    }
    return { isLost, delayMs };
  }

  /** Whether nothing at all passes. @internal */
  isCut(peer: NodeId, direction: Direction): boolean {
    return this.between(peer, direction).some(({ effect }) => effect.type === 'cut');
  }

  private between(peer: NodeId, direction: Direction): readonly Lasting[] {
    return this.current().filter(
      (fault) =>
        fault.peer === peer && (fault.direction === 'both' || fault.direction === direction),
    );
  }

  private current(): readonly Lasting[] {
    const now = performance.now();
    this.lasting = this.lasting.filter(({ until }) => now < until);
    return this.lasting;
  }
}

function asSeen({ until, ...fault }: Lasting): Fault {
  return { ...fault, leftMs: Math.max(0, until - performance.now()) };
}

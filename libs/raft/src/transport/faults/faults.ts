import type { NodeId } from '../../core/entry.js';
import { failure, transportClosed } from '../failures.js';
import { checkFault } from './fault.js';
import type { Direction, Fault, FaultEvent, FaultRequest, InjectedFault } from './fault.js';

const MAX_FAULTS = 64;

/** A fault in force, and when it began. */
interface Lasting {
  readonly fault: InjectedFault;
  readonly since: number;
  readonly expiry: NodeJS.Timeout;
}

/** What faults do to one message. */
export interface Fate {
  /** null when it passes. */
  readonly lostBy: InjectedFault | null;
  readonly delayMs: number;
}

const unharmed: Fate = { lostBy: null, delayMs: 0 };

/** The faults of one transport. They do nothing to connections: only messages are lost or late. */
export class Faults {
  private lasting: readonly Lasting[] = [];
  private lastId = 0;
  private closed = false;

  /**
   * @param tell told at once when a fault begins, and when it is over
   * @param random chance of loss, in [0, 1)
   */
  constructor(
    private readonly tell: (event: FaultEvent) => void,
    private readonly random: () => number,
  ) {}

  /**
   * Begins a fault. Those that meet on one message add up.
   * @throws RaftError `invalid-argument` when the request makes no sense, or 64 faults last already;
   *   `stopped` when the transport is closed
   */
  inject(request: FaultRequest): Fault {
    checkFault(request);
    if (this.closed) throw transportClosed();
    if (this.lasting.length >= MAX_FAULTS) {
      throw failure('invalid-argument', `${MAX_FAULTS} faults last already: heal some first`);
    }
    const fault = { ...request, id: `f${++this.lastId}` };
    const expiry = setTimeout(() => this.end(one, 'expired'), fault.ttlMs);
    const one: Lasting = { fault, since: performance.now(), expiry };
    this.lasting = [...this.lasting, one];
    this.tell({ type: 'fault-injected', ...fault });
    return asSeen(one);
  }

  /** Those that last. */
  list(): readonly Fault[] {
    return this.lasting.map(asSeen);
  }

  /** @returns false when no such fault lasts */
  heal(id: string): boolean {
    const one = this.lasting.find(({ fault }) => fault.id === id);
    if (one === undefined) return false;
    this.end(one, 'healed');
    return true;
  }

  /** Ends every fault, whoever wanted it. */
  healAll(): void {
    for (const one of this.lasting) this.end(one, 'healed');
  }

  /** Forgets every fault, and takes none any more. @internal */
  close(): void {
    this.closed = true;
    for (const { expiry } of this.lasting) clearTimeout(expiry);
    this.lasting = [];
  }

  /** What becomes of a message that passes now. @internal */
  fate(peer: NodeId, direction: Direction): Fate {
    if (this.lasting.length === 0) return unharmed;
    let lostBy: InjectedFault | null = null;
    let delayMs = 0;
    for (const one of this.between(peer, direction)) {
      const { effect } = one.fault;
      if (effect.type === 'delay') delayMs += effect.ms;
      else if (lostBy === null && this.takes(one)) lostBy = one.fault;
    }
    return { lostBy, delayMs };
  }

  /** Through which nothing at all passes. @internal */
  cutBy(peer: NodeId, direction: Direction): InjectedFault | null {
    return this.between(peer, direction).find(cuts)?.fault ?? null;
  }

  private takes(one: Lasting): boolean {
    const { effect } = one.fault;
    return effect.type === 'loss' ? this.random() < effect.chance : cuts(one);
  }

  private between(peer: NodeId, direction: Direction): readonly Lasting[] {
    return this.lasting.filter(
      ({ fault }) =>
        fault.peer === peer && (fault.direction === 'both' || fault.direction === direction),
    );
  }

  private end(one: Lasting, why: 'healed' | 'expired'): void {
    clearTimeout(one.expiry);
    this.lasting = this.lasting.filter((other) => other !== one);
    this.tell({ type: 'fault-healed', why, ...one.fault });
  }
}

/** Whether a fault lets nothing pass now. */
function cuts({ fault: { effect }, since }: Lasting): boolean {
  if (effect.type !== 'flap') return effect.type === 'cut';
  const { cutMs, wholeMs } = effect;
  return (performance.now() - since) % (cutMs + wholeMs) < cutMs;
}

function asSeen({ fault, since }: Lasting): Fault {
  return { ...fault, leftMs: Math.max(0, since + fault.ttlMs - performance.now()) };
}

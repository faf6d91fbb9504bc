import type { NodeId } from '../../core/entry.js';
import type { Message } from '../../core/message.js';
import type { TransportCounters } from '../counters.js';
import type {
  LocalIdentity,
  LostMessage,
  PeerAddress,
  Transport,
  TransportHandler,
} from '../transport.js';
import { DelayLine } from './delay-line.js';
import type { Direction, FaultEvent, InjectedFault } from './fault.js';
import { Faults } from './faults.js';

/** Messages that are held back at once, of all peers together; more are lost. */
const MAX_HELD = 10_000;

type Passing = Omit<LostMessage, 'reason'>;

/** Of `faultyTransport`. */
export interface FaultyTransportOptions {
  /** Chance of loss, in [0, 1). Default: `Math.random`. */
  readonly random?: () => number;
}

/**
 * A transport between whose peers faults can be injected: `transport.faults`. They act on messages
 * alone: connections stand, keep-alives go on and `probe` answers, so that a cut is noticed as a cut
 * in a real network is, by silence. Without a fault it costs one comparison a message.
 */
export function faultyTransport(
  transport: Transport,
  options: FaultyTransportOptions = {},
): FaultyTransport {
  return new FaultyTransport(transport, options);
}

/** What `faultyTransport` makes. */
export class FaultyTransport implements Transport {
  /** Injects, lists and heals. */
  readonly faults: Faults;
  /** What is held back, by peer. */
  private readonly lines: Record<Direction, Map<NodeId, DelayLine>> = {
    in: new Map(),
    out: new Map(),
  };
  private lostMessages = 0;
  private handler: TransportHandler | null = null;

  constructor(
    private readonly transport: Transport,
    { random = Math.random }: FaultyTransportOptions,
  ) {
    this.faults = new Faults((event) => this.faultChanged(event), random);
  }

  get counters(): Readonly<TransportCounters> | undefined {
    return this.transport.counters;
  }

  /** Messages that were lost by an injected fault. */
  get lost(): number {
    return this.lostMessages;
  }

  listen(handler: TransportHandler): Promise<string> {
    this.handler = handler;
    return this.transport.listen({
      identity: () => handler.identity(),
      received: (received) => {
        const { from: peer, message, traceId } = received;
        this.pass({ peer, direction: 'in', message, traceId }, () => handler.received(received));
      },
      disconnected: (peer, reason) => handler.disconnected(peer, reason),
      refused: (remote, reason) => handler.refused(remote, reason),
      peerState: (peer, state) => handler.peerState(peer, state),
      lost: (lost) => handler.lost?.(lost),
    });
  }

  setPeers(peers: readonly PeerAddress[]): void {
    this.transport.setPeers(peers);
  }

  send(to: NodeId, message: Message, traceId?: number): void {
    this.pass({ peer: to, direction: 'out', message, traceId }, () =>
      this.transport.send(to, message, traceId),
    );
  }

  probe(address: string): Promise<LocalIdentity> {
    return this.transport.probe(address);
  }

  async close(): Promise<void> {
    this.faults.close();
    for (const lines of Object.values(this.lines)) {
      for (const line of lines.values()) line.clear();
    }
    await this.transport.close();
  }

  /** What was held back by a fault that somebody healed goes on at once. */
  private faultChanged(event: FaultEvent): void {
    if (event.type === 'fault-healed' && event.why === 'healed') {
      for (const lines of Object.values(this.lines)) lines.get(event.peer)?.flush();
    }
    this.handler?.fault?.(event);
  }

  private pass(passing: Passing, deliver: () => void): void {
    const { peer, direction } = passing;
    const { lostBy, delayMs } = this.faults.fate(peer, direction);
    const line = this.lines[direction].get(peer);
    if (lostBy !== null) this.lose(passing, inWords(lostBy));
    else if (delayMs > 0 || (line?.length ?? 0) > 0) this.hold(passing, delayMs, deliver);
    else deliver();
  }

  private hold(passing: Passing, delayMs: number, deliver: () => void): void {
    const { peer, direction } = passing;
    if (this.held() >= MAX_HELD) {
      this.lose(passing, `${MAX_HELD} messages are held back already`);
      return;
    }
    const line = this.lines[direction].get(peer) ?? new DelayLine();
    this.lines[direction].set(peer, line);
    line.add(delayMs, () => {
      // What was on its way when the link was cut is lost too.
      const cutBy = this.faults.cutBy(peer, direction);
      if (cutBy !== null) this.lose(passing, inWords(cutBy));
      else deliver();
    });
  }

  private lose(passing: Passing, reason: string): void {
    this.lostMessages++;
    this.handler?.lost?.({ ...passing, reason });
  }

  private held(): number {
    let held = 0;
    for (const lines of Object.values(this.lines)) {
      for (const line of lines.values()) held += line.length;
    }
    return held;
  }
}

function inWords({ effect, owner }: InjectedFault): string {
  return effect.type === 'loss' ? `lost by chance, by ${owner}` : `cut by ${owner}`;
}

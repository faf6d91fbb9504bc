import type { NodeId } from '../core/entry.js';
import { isResponse } from '../core/message.js';
import type { Message } from '../core/message.js';
import {
  alreadyListening,
  failure,
  notListening,
  transportClosed,
  unreachable,
} from './failures.js';
import type { Carried } from './frame.js';
import { judgeHello } from './handshake.js';
import type { Dialer } from './handshake.js';
import { notSent } from './loss.js';
import { MemoryWire } from './memory-wire.js';
import { protocolRange } from './protocol.js';
import type { ProtocolRange } from './protocol.js';
import { isSpoken, spokenTraceId } from './spoken.js';
import { samePeer } from './transport.js';
import type { LocalIdentity, PeerAddress, Transport, TransportHandler } from './transport.js';

/** A dialer that was turned away dials again after so many milliseconds. */
const RETRY_MS = 20;

/** Transports between the nodes of one process, for tests and examples. Addresses are any names. */
export interface MemoryNetwork {
  /** The transport of the node at `address`. `protocol` as in `TcpTransportOptions`. */
  transport(address: string, options?: { readonly protocol?: Partial<ProtocolRange> }): Transport;
  /** From now on everything between these two is lost, both ways, and neither is told. */
  cut(one: string, other: string): void;
  /** Ends every cut. */
  heal(): void;
}

/** A network of its own: nodes of two networks never meet. */
export function memoryNetwork(): MemoryNetwork {
  const wire = new MemoryWire();
  return {
    transport: (address, { protocol } = {}) =>
      new MemoryTransport(address, wire, protocolRange(protocol)),
    cut: (one, other) => wire.cut(one, other),
    heal: () => wire.heal(),
  };
}

/** A connection that was accepted; it stands while both its ends hold it. */
interface Connection {
  readonly from: MemoryTransport;
  readonly dialer: Dialer;
  readonly protocol: number;
  readonly to: MemoryTransport;
  readonly peer: PeerAddress;
}

/** A peer to keep a connection to. */
interface Link {
  readonly peer: PeerAddress;
  connection: Connection | null;
  error: string | null;
  retryTimer: NodeJS.Timeout | undefined;
}

export class MemoryTransport implements Transport {
  private handler: TransportHandler | null = null;
  private closed = false;
  private readonly links = new Map<NodeId, Link>();
  private readonly inbound = new Map<NodeId, Connection>();

  constructor(
    private readonly address: string,
    private readonly wire: MemoryWire,
    private readonly protocols: ProtocolRange,
  ) {}

  async listen(handler: TransportHandler): Promise<string> {
    await this.turn();
    if (this.closed) throw transportClosed();
    if (this.handler !== null) throw alreadyListening();
    if (!this.wire.attach(this.address, this)) {
      throw failure('invalid-argument', `another node listens at ${this.address}`);
    }
    this.handler = handler;
    return this.address;
  }

  setPeers(peers: readonly PeerAddress[]): void {
    if (this.closed) return;
    if (this.handler === null) throw notListening();
    const wanted = new Map(peers.map((peer) => [peer.id, peer]));
    for (const link of this.links.values()) {
      if (!samePeer(link.peer, wanted.get(link.peer.id))) this.drop(link);
    }
    for (const peer of peers) {
      if (this.links.has(peer.id)) continue;
      const link: Link = { peer, connection: null, error: null, retryTimer: undefined };
      this.links.set(peer.id, link);
      this.wire.later(() => this.dial(link));
    }
  }

  send(to: NodeId, message: Message, traceId?: number): void {
    const response = isResponse(message);
    const connection = response ? this.inbound.get(to) : this.links.get(to)?.connection;
    if (!connection || !isSpoken(message, connection.protocol)) {
      const result = connection ? 'dropped' : 'closed';
      this.handler?.lost?.(notSent(to, message, traceId, result));
      return;
    }
    const target = response ? connection.from : connection.to;
    const carried = { message, traceId: spokenTraceId(traceId, connection.protocol) };
    this.wire.carry(this.address, target.address, () => target.receive(connection, carried));
  }

  async probe(address: string): Promise<LocalIdentity> {
    await this.turn();
    if (this.closed) throw transportClosed();
    if (this.handler === null) throw notListening();
    const answering = this.wire.find(this.address, address);
    if (!answering?.handler) throw unreachable(`${address}: nobody listens there`);
    return answering.handler.identity();
  }

  async close(): Promise<void> {
    if (!this.closed) {
      this.closed = true;
      if (this.handler !== null) this.wire.detach(this.address);
      for (const link of this.links.values()) this.drop(link);
      for (const connection of this.inbound.values()) {
        this.wire.later(() => connection.from.lost(connection, `${this.address} closed`));
      }
      this.inbound.clear();
    }
    await this.turn();
  }

  private dial(link: Link): void {
    const { peer } = link;
    if (this.handler === null || this.links.get(peer.id) !== link) return;
    const acceptor = this.wire.find(this.address, peer.address);
    if (!acceptor?.handler) return this.failed(link, `nobody listens at ${peer.address}`);

    const verdict = judgeHello(acceptor.handler.identity(), acceptor.protocols, {
      protocols: this.protocols,
      lane: 'control',
      from: this.handler.identity(),
      to: { nodeId: peer.id, incarnation: peer.incarnation },
    });
    if (verdict.type === 'refused') {
      acceptor.handler.refused(this.address, verdict.refusal.message);
      return this.failed(link, verdict.refusal.message);
    }
    const { dialer, protocol } = verdict;
    link.connection = { from: this, dialer, protocol, to: acceptor, peer };
    acceptor.accept(link.connection);
    link.error = null;
    this.handler.peerState(peer.id, { connected: true, error: null, protocol });
  }

  private accept(connection: Connection): void {
    const { nodeId } = connection.dialer;
    const earlier = this.inbound.get(nodeId);
    this.inbound.set(nodeId, connection);
    if (earlier) {
      this.wire.later(() => earlier.from.lost(earlier, 'replaced by a newer connection'));
    }
  }

  private receive(connection: Connection, carried: Carried): void {
    const { dialer, protocol, peer } = connection;
    const { nodeId: from, incarnation, clusterId } = dialer;
    if (this.inbound.get(from) === connection) {
      this.handler?.received({ from, incarnation, clusterId, protocol, ...carried });
    } else if (this.links.get(peer.id)?.connection === connection) {
      const { id: from, incarnation } = peer;
      this.handler?.received({ from, incarnation, clusterId, protocol, ...carried });
    }
  }

  /** The other side of a connection that this transport dialled has let it go. */
  private lost(connection: Connection, reason: string): void {
    const link = this.links.get(connection.peer.id);
    if (link?.connection === connection) this.failed(link, reason);
  }

  private failed(link: Link, error: string): void {
    const changed = link.connection !== null || link.error !== error;
    link.connection = null;
    link.error = error;
    link.retryTimer = setTimeout(() => this.dial(link), RETRY_MS);
    if (changed) this.handler?.peerState(link.peer.id, { connected: false, error, protocol: null });
  }

  private drop({ peer, connection, retryTimer }: Link): void {
    clearTimeout(retryTimer);
    this.links.delete(peer.id);
    if (connection !== null) this.wire.later(() => connection.to.disconnected(connection));
  }

  private disconnected(connection: Connection): void {
    const { nodeId } = connection.dialer;
    if (this.inbound.get(nodeId) !== connection) return;
    this.inbound.delete(nodeId);
    this.handler?.disconnected(nodeId, `${connection.from.address} closed`);
  }

  /** What was sent before has arrived when it resolves. */
  private turn(): Promise<void> {
    return new Promise((resolve) => this.wire.later(resolve));
  }
}

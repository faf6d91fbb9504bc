import type { NodeId } from '../core/entry.js';
import { isResponse } from '../core/message.js';
import type { Message } from '../core/message.js';
import { formatAddress, isUnspecified, parseAddress } from './address.js';
import { newCounters } from './counters.js';
import type { TransportCounters } from './counters.js';
import {
  alreadyListening,
  failure,
  notAnAddress,
  notListening,
  transportClosed,
} from './failures.js';
import { encodeAnswer } from './handshake.js';
import { defaultTcpLimits, MAX_IDENTITY_BYTES } from './limits.js';
import type { TcpLimits } from './limits.js';
import { Listener } from './listener.js';
import { notSent } from './loss.js';
import { PeerLink } from './peer-link.js';
import { probe } from './probe.js';
import { PROTOCOLS, protocolRange } from './protocol.js';
import type { ProtocolRange } from './protocol.js';
import type { TcpSettings } from './tcp-settings.js';
import { TlsIdentity } from './tls/tls-identity.js';
import type { TcpTls } from './tls/tls-identity.js';
import { samePeer } from './transport.js';
import type { LocalIdentity, PeerAddress, Transport, TransportHandler } from './transport.js';

/** Of `tcpTransport`. */
export interface TcpTransportOptions {
  /** The interface and port to listen on; port 0 takes a free one. */
  readonly listen: { readonly host: string; readonly port: number };
  /**
   * Where peers reach this node, `host:port`. Default: what is listened on. Needed when that is
   * every interface (`0.0.0.0`, `::`).
   */
  readonly advertise?: string;
  /** Mutual TLS: all nodes of a cluster use it, or none. Default: plain connections. */
  readonly tls?: TcpTls;
  readonly limits?: Partial<TcpLimits>;
  /**
   * Speak less than this version can: `{ newest: 1 }` is what the first version spoke. For tests of a
   * cluster of two versions. Default: everything.
   */
  readonly protocol?: Partial<ProtocolRange>;
}

/**
 * Peers over TCP. For every pair of members two connections each way, dialled by who sends requests:
 * one for what must never wait, one for data.
 * @throws RaftError `invalid-argument` when the TLS certificates or the protocol range cannot be used
 */
export function tcpTransport(options: TcpTransportOptions): TcpTransport {
  return new TcpTransport(options);
}

/** What `tcpTransport` makes. */
export class TcpTransport implements Transport {
  private readonly settings: TcpSettings;
  private readonly links = new Map<NodeId, PeerLink>();
  private readonly stop = new AbortController();
  private running: { readonly handler: TransportHandler; readonly listener: Listener } | null =
    null;
  private keepAliveTimer: NodeJS.Timeout | undefined;

  constructor(private readonly options: TcpTransportOptions) {
    this.settings = {
      limits: { ...defaultTcpLimits, ...options.limits },
      protocols: protocolRange(options.protocol),
      counters: newCounters(),
      tls: options.tls === undefined ? null : new TlsIdentity(options.tls),
    };
  }

  get counters(): Readonly<TransportCounters> {
    return this.settings.counters;
  }

  /**
   * Certificates for the connections to come, when the ones in use expire; those that stand stay.
   * @throws RaftError `invalid-argument` when they cannot be used, or the transport was made without
   *   TLS; nothing has changed then
   */
  setTls(tls: TcpTls): void {
    if (this.settings.tls === null) {
      throw failure('invalid-argument', 'this transport was made without TLS');
    }
    this.settings.tls.replace(tls);
  }

  async listen(handler: TransportHandler): Promise<string> {
    if (this.isClosed()) throw transportClosed();
    if (this.running !== null) throw alreadyListening();
    const { listen, advertise } = this.options;
    checkAdvertised(listen.host, advertise);
    checkIdentity(handler.identity());

    const listener = new Listener(this.settings, handler);
    const port = await listener.listen(listen);
    if (this.isClosed()) {
      await listener.close();
      throw transportClosed();
    }
    this.running = { handler, listener };
    const { keepAliveMs } = this.settings.limits;
    this.keepAliveTimer = setInterval(() => this.keepAlive(), keepAliveMs);
    return advertise ?? formatAddress({ host: listen.host, port });
  }

  setPeers(peers: readonly PeerAddress[]): void {
    if (this.isClosed()) return;
    const { running, links } = this;
    if (running === null) throw notListening();
    const wanted = new Map(peers.map((peer) => [peer.id, peer]));
    for (const [id, link] of links) {
      if (samePeer(link.peer, wanted.get(id))) continue;
      link.close();
      links.delete(id);
    }
    for (const peer of peers) {
      if (!links.has(peer.id)) links.set(peer.id, this.linkTo(peer, running.handler));
    }
  }

  send(to: NodeId, message: Message, traceId?: number): void {
    const { running, links, settings } = this;
    const sent = isResponse(message)
      ? running?.listener.send(to, message, traceId)
      : links.get(to)?.send(message, traceId);
    const result = sent ?? 'closed';
    if (result === 'sent') settings.counters.messagesSent++;
    else running?.handler.lost?.(notSent(to, message, traceId, result));
    if (result === 'dropped') settings.counters.dropped++;
  }

  async probe(address: string): Promise<LocalIdentity> {
    if (this.isClosed()) throw transportClosed();
    if (this.running === null) throw notListening();
    return probe(address, this.running.handler.identity(), this.settings, this.stop.signal);
  }

  async close(): Promise<void> {
    this.stop.abort();
    clearInterval(this.keepAliveTimer);
    for (const link of this.links.values()) link.close();
    this.links.clear();
    await this.running?.listener.close();
  }

  private isClosed(): boolean {
    return this.stop.signal.aborted;
  }

  private linkTo(peer: PeerAddress, handler: TransportHandler): PeerLink {
    return new PeerLink(peer, this.settings, {
      identity: () => handler.identity(),
      received: (received) => handler.received(received),
      stateChanged: (state) => handler.peerState(peer.id, state),
    });
  }

  private keepAlive(): void {
    for (const link of this.links.values()) link.keepAlive();
    this.running?.listener.keepAlive();
  }
}

function checkAdvertised(host: string, advertise: string | undefined): void {
  if (advertise !== undefined && parseAddress(advertise) === null) throw notAnAddress(advertise);
  if (advertise === undefined && isUnspecified(host)) {
    throw failure(
      'invalid-argument',
      `peers cannot reach "${host}", which means every interface: set advertise to host:port`,
    );
  }
}

/** Every peer would turn away a hello that is too long: better to know at the start. */
function checkIdentity(identity: LocalIdentity): void {
  const { length } = encodeAnswer({ welcome: identity, protocol: PROTOCOLS.newest });
  if (length > MAX_IDENTITY_BYTES) {
    throw failure(
      'invalid-argument',
      `the attributes of ${identity.nodeId} are too large: ${length} of ${MAX_IDENTITY_BYTES} bytes`,
    );
  }
}

import type { Message } from '../core/message.js';
import { parseAddress } from './address.js';
import { Backoff } from './backoff.js';
import { messageFrame } from './frame.js';
import type { SendResult } from './framed-socket.js';
import { PROTOCOL } from './handshake.js';
import type { TcpLimits } from './limits.js';
import { OutboundConnection } from './outbound-connection.js';
import type { LocalIdentity, PeerAddress, Received } from './transport.js';

export interface PeerLinkOwner {
  identity(): LocalIdentity;
  received(received: Received): void;
  /** Told when one of the two is other than before. */
  stateChanged(connected: boolean, error: string | null): void;
}

/** Keeps a connection to one peer, and dials again whenever it is gone. */
export class PeerLink {
  private readonly backoff = new Backoff();
  private dialTimer: NodeJS.Timeout;
  private connection: OutboundConnection | null = null;
  /** null while no connection stands. */
  private connectedAt: number | null = null;
  private told = { connected: false, error: null as string | null };
  private closed = false;

  constructor(
    readonly peer: PeerAddress,
    private readonly limits: TcpLimits,
    private readonly owner: PeerLinkOwner,
  ) {
    this.dialTimer = this.dialIn(0);
  }

  send(message: Message): SendResult {
    if (this.connection === null || this.connectedAt === null) return 'closed';
    const frame = messageFrame(message);
    if (frame.length > this.limits.maxMessageBytes) {
      this.tell(`a ${message.type} of ${frame.length} bytes is too large to be sent`);
      return 'dropped';
    }
    const result = this.connection.send(frame);
    if (result === 'dropped') {
      this.tell(`${this.limits.maxBufferedBytes} bytes wait to be sent: messages are dropped`);
    }
    return result;
  }

  keepAlive(): void {
    this.connection?.keepAlive();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.dialTimer);
    this.connection?.close('no peer any more');
  }

  private dialIn(delayMs: number): NodeJS.Timeout {
    return setTimeout(() => this.dial(), delayMs);
  }

  private dial(): void {
    const { id, address, incarnation } = this.peer;
    const target = parseAddress(address);
    if (target === null) return this.failed(`${address} is not host:port`);
    const from = this.owner.identity();
    const { clusterId } = from;
    if (clusterId === null) return this.failed(`${from.nodeId} belongs to no cluster yet`);
    const hello = { protocol: PROTOCOL, from, to: { nodeId: id, incarnation } };
    this.connection = new OutboundConnection(target, hello, this.limits, {
      welcomed: () => {
        this.connectedAt = performance.now();
        this.tell(null);
      },
      received: (message) => this.owner.received({ from: id, incarnation, clusterId, message }),
      drained: () => this.tell(null),
      closed: (reason) => this.failed(reason),
    });
  }

  private failed(error: string): void {
    if (this.connectedAt !== null) {
      this.backoff.connectionLived(performance.now() - this.connectedAt);
    }
    this.connection = null;
    this.connectedAt = null;
    if (this.closed) return;
    this.dialTimer = this.dialIn(this.backoff.delayMs());
    this.tell(error);
  }

  private tell(error: string | null): void {
    const connected = this.connectedAt !== null;
    if (connected === this.told.connected && error === this.told.error) return;
    this.told = { connected, error };
    this.owner.stateChanged(connected, error);
  }
}

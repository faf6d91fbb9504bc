import { parseAddress } from './address.js';
import { Backoff } from './backoff.js';
import type { SendResult } from './framed-socket.js';
import type { Lane } from './lane.js';
import { OutboundConnection } from './outbound-connection.js';
import type { TcpSettings } from './tcp-settings.js';
import type { LocalIdentity, PeerAddress, Received } from './transport.js';

export interface DialledLaneOwner {
  identity(): LocalIdentity;
  received(received: Received): void;
  /** It stands now, or stands no more, or has an error, or none any more. */
  changed(): void;
}

/** One lane to one peer: keeps a connection while it is open, and dials again whenever that is gone. */
export class DialledLane {
  private readonly backoff = new Backoff();
  private dialTimer: NodeJS.Timeout | undefined;
  private connection: OutboundConnection | null = null;
  private standsSince = 0;
  private opened = false;
  /** The protocol that was agreed; null while no connection stands. */
  protocol: number | null = null;
  error: string | null = null;

  constructor(
    private readonly lane: Lane,
    private readonly peer: PeerAddress,
    private readonly settings: TcpSettings,
    private readonly owner: DialledLaneOwner,
  ) {}

  open(): void {
    if (this.opened) return;
    this.opened = true;
    this.dialIn(0);
  }

  close(reason: string): void {
    this.opened = false;
    clearTimeout(this.dialTimer);
    this.connection?.close(reason);
    this.connection = null;
    this.protocol = null;
    this.error = null;
  }

  send(frame: Buffer): SendResult {
    if (this.connection === null) return 'closed';
    const result = this.connection.send(frame);
    if (result === 'dropped') {
      const { maxBufferedBytes } = this.settings.limits;
      this.changed(`${maxBufferedBytes} bytes wait on the ${this.lane} lane: messages are dropped`);
    }
    return result;
  }

  keepAlive(): void {
    this.connection?.keepAlive();
  }

  private dialIn(delayMs: number): void {
    this.dialTimer = setTimeout(() => this.dial(), delayMs);
  }

  private dial(): void {
    const { id, address, incarnation } = this.peer;
    const target = parseAddress(address);
    if (target === null) return this.failed(`${address} is not host:port`);
    const from = this.owner.identity();
    const { clusterId } = from;
    if (clusterId === null) return this.failed(`${from.nodeId} belongs to no cluster yet`);
    const { protocols } = this.settings;
    const hello = { protocols, lane: this.lane, from, to: { nodeId: id, incarnation } };
    const connection = new OutboundConnection(target, hello, this.settings, {
      welcomed: ({ protocol }) => {
        this.standsSince = performance.now();
        this.protocol = protocol;
        this.changed(null);
      },
      received: (carried, protocol) =>
        this.owner.received({ from: id, incarnation, clusterId, protocol, ...carried }),
      drained: () => this.changed(null),
      closed: (reason) => {
        if (this.connection === connection) this.failed(reason);
      },
    });
    this.connection = connection;
  }

  private failed(error: string): void {
    if (this.protocol !== null) this.backoff.connectionLived(performance.now() - this.standsSince);
    this.connection = null;
    this.protocol = null;
    this.dialIn(this.backoff.delayMs());
    this.changed(error);
  }

  private changed(error: string | null): void {
    this.error = error;
    this.owner.changed();
  }
}

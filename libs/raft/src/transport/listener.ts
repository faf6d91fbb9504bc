import { createServer } from 'node:net';
import type { AddressInfo, DropArgument, Server, Socket } from 'node:net';
import type { NodeId } from '../core/entry.js';
import { formatAddress } from './address.js';
import type { HostAndPort } from './address.js';
import { failure } from './failures.js';
import type { SendResult } from './framed-socket.js';
import { InboundConnection } from './inbound-connection.js';
import type { TcpLimits } from './limits.js';
import type { TransportHandler } from './transport.js';

/** Takes connections from peers, and knows on which of them each peer's responses go back. */
export class Listener {
  private readonly server: Server;
  private readonly connections = new Set<InboundConnection>();
  private readonly current = new Map<NodeId, InboundConnection>();
  private closed = false;

  constructor(
    private readonly limits: TcpLimits,
    private readonly handler: TransportHandler,
  ) {
    this.server = createServer((socket) => this.accept(socket));
    this.server.maxConnections = limits.maxConnections;
    this.server.on('drop', (dropped) =>
      this.refused(remoteOf(dropped), `${limits.maxConnections} connections stand already`),
    );
  }

  /**
   * Resolves with the port.
   * @throws RaftError `invalid-argument`
   */
  listen(at: HostAndPort): Promise<number> {
    const { server } = this;
    return new Promise((resolve, reject) => {
      server.once('error', (error) => reject(cannotListen(at, error)));
      server.listen(at, () => {
        server.removeAllListeners('error');
        // The system may be unable to accept one connection: the others go on.
        server.on('error', (error) => this.refused('unknown', error.message));
        resolve((server.address() as AddressInfo).port);
      });
    });
  }

  /** Sends a response to a peer, on the connection that brought its requests. */
  send(to: NodeId, frame: Buffer): SendResult {
    return this.current.get(to)?.send(frame) ?? 'closed';
  }

  keepAlive(): void {
    for (const connection of this.connections) connection.keepAlive();
  }

  close(): Promise<void> {
    this.closed = true;
    for (const connection of this.connections) connection.close('this node stops');
    return new Promise((resolve) => {
      this.server.close(() => resolve());
    });
  }

  private accept(socket: Socket): void {
    const remote = remoteOf(socket);
    const connection: InboundConnection = new InboundConnection(socket, this.limits, {
      identity: () => this.handler.identity(),
      accepted: ({ nodeId }) => {
        // A peer keeps one connection: when it dials again, it has given up the earlier one.
        const earlier = this.current.get(nodeId);
        this.current.set(nodeId, connection);
        earlier?.close('replaced by a newer connection');
      },
      received: ({ nodeId, incarnation, clusterId }, message) =>
        this.handler.received({ from: nodeId, incarnation, clusterId, message }),
      refused: (reason) => this.refused(remote, reason),
      disconnected: ({ nodeId }, reason) => {
        if (this.current.get(nodeId) !== connection) return;
        this.current.delete(nodeId);
        if (!this.closed) this.handler.disconnected(nodeId, reason);
      },
      closed: () => this.connections.delete(connection),
    });
    this.connections.add(connection);
  }

  private refused(remote: string, reason: string): void {
    if (!this.closed) this.handler.refused(remote, reason);
  }
}

function remoteOf(socket: Socket | DropArgument | undefined): string {
  const { remoteAddress, remotePort } = socket ?? {};
  if (remoteAddress === undefined || remotePort === undefined) return 'unknown';
  return formatAddress({ host: remoteAddress, port: remotePort });
}

function cannotListen(at: HostAndPort, error: NodeJS.ErrnoException): Error {
  const reason =
    error.code === 'EADDRINUSE'
      ? 'another process listens there (EADDRINUSE); stop it or choose another port'
      : error.message;
  return failure('invalid-argument', `cannot listen on ${formatAddress(at)}: ${reason}`, error);
}

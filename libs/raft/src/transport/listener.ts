import { createServer } from 'node:net';
import type { AddressInfo, DropArgument, Server, Socket } from 'node:net';
import type { NodeId } from '../core/entry.js';
import type { Message } from '../core/message.js';
import { formatAddress } from './address.js';
import type { HostAndPort } from './address.js';
import { failure } from './failures.js';
import type { SendResult } from './framed-socket.js';
import { InboundConnection } from './inbound-connection.js';
import { InboundPeers } from './inbound-peers.js';
import type { TcpSettings } from './tcp-settings.js';
import { TlsHandshake } from './tls/tls-handshake.js';
import type { TransportHandler } from './transport.js';

/** Something that was accepted, however far it has come. */
type Accepted = Pick<InboundConnection, 'close'>;

/** Takes connections from peers. */
export class Listener {
  private readonly server: Server;
  private readonly peers = new InboundPeers();
  private readonly connections = new Set<InboundConnection>();
  /** By what was accepted: who has not said hello yet, the one that has waited longest first. */
  private readonly waiting = new Map<Socket, Accepted>();
  private closed = false;

  constructor(
    private readonly settings: TcpSettings,
    private readonly handler: TransportHandler,
  ) {
    const { maxConnections } = settings.limits;
    this.server = createServer((socket) => this.take(socket));
    this.server.maxConnections = maxConnections;
    this.server.on('drop', (dropped) =>
      this.refused(remoteOf(dropped), `${maxConnections} connections stand already`),
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

  send(to: NodeId, message: Message, traceId?: number): SendResult {
    return this.peers.send(to, message, traceId);
  }

  keepAlive(): void {
    for (const connection of this.connections) connection.keepAlive();
  }

  close(): Promise<void> {
    this.closed = true;
    const all: Accepted[] = [...this.waiting.values(), ...this.connections];
    for (const accepted of all) accepted.close('this node stops');
    return new Promise((resolve) => {
      this.server.close(() => resolve());
    });
  }

  private take(socket: Socket): void {
    this.makeRoom();
    const remote = remoteOf(socket);
    const wait = (accepted: Accepted) => this.waiting.set(socket, accepted);
    const accept = (talking: Socket) =>
      wait(this.accept(talking, remote, () => this.waiting.delete(socket)));
    socket.once('close', () => this.waiting.delete(socket));
    const { tls, limits } = this.settings;
    if (tls === null) {
      accept(socket);
      return;
    }
    const failed = (reason: string) => this.refused(remote, reason);
    wait(new TlsHandshake(socket, tls, limits.handshakeMs, { secured: accept, failed }));
  }

  private makeRoom(): void {
    const { maxHandshakes } = this.settings.limits;
    for (const [socket, accepted] of this.waiting) {
      if (this.waiting.size < maxHandshakes) return;
      this.waiting.delete(socket);
      accepted.close(`${maxHandshakes} newer connections have not said who they are either`);
    }
  }

  private accept(socket: Socket, remote: string, named: () => void): InboundConnection {
    const { handler, peers } = this;
    const connection: InboundConnection = new InboundConnection(socket, this.settings, {
      identity: () => handler.identity(),
      accepted: (caller) => {
        named();
        peers.accept(caller, connection);
      },
      received: ({ dialer, protocol }, carried) => {
        const { nodeId: from, incarnation, clusterId } = dialer;
        this.settings.counters.messagesReceived++;
        handler.received({ from, incarnation, clusterId, protocol, ...carried });
      },
      refused: (reason) => this.refused(remote, reason),
      disconnected: (caller, reason, broken) => {
        if (!peers.closed(caller, connection) || this.closed) return;
        const { nodeId } = caller.dialer;
        // A peer without its bulk lane lives, and dials it again.
        if (caller.lane === 'control') handler.disconnected(nodeId, reason);
        else if (broken) this.refused(remote, `the bulk lane of ${nodeId} brought a ${reason}`);
      },
    });
    this.connections.add(connection);
    socket.once('close', () => this.connections.delete(connection));
    return connection;
  }

  private refused(remote: string, reason: string): void {
    if (this.closed) return;
    this.settings.counters.refused++;
    this.handler.refused(remote, reason);
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

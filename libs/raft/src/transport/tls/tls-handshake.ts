import type { Socket } from 'node:net';
import { createServer } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import { describeSystemError } from '../system-error.js';
import type { TlsIdentity } from './tls-identity.js';

export interface TlsHandshakeOwner {
  secured(socket: TLSSocket): void;
  failed(reason: string): void;
}

/** The listening side of the TLS handshake on one connection: bounded in time, and ended by one word. */
export class TlsHandshake {
  private readonly timer: NodeJS.Timeout;
  private ended = false;

  constructor(
    private readonly socket: Socket,
    identity: TlsIdentity,
    handshakeMs: number,
    private readonly owner: TlsHandshakeOwner,
  ) {
    this.timer = setTimeout(
      () => this.close(`no TLS handshake within ${handshakeMs} ms`),
      handshakeMs,
    );
    // A server of its own: it has today's certificates, and no session of an earlier connection.
    const server = createServer(identity.serverOptions());
    server.on('secureConnection', (secured) => this.end(() => owner.secured(secured)));
    server.on('tlsClientError', (error) => this.close(describeSystemError(error)));
    server.emit('connection', socket);
  }

  close(reason: string): void {
    this.end(() => this.owner.failed(reason));
    this.socket.destroy();
  }

  private end(tell: () => void): void {
    if (this.ended) return;
    this.ended = true;
    clearTimeout(this.timer);
    tell();
  }
}

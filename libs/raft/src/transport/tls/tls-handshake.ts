import type { Socket } from 'node:net';
import { createServer } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import { frameOf } from '../frame.js';
import { encodeAnswer } from '../handshake.js';
import { describeSystemError, looksLikeTls, NOT_TLS } from '../system-error.js';
import type { TlsIdentity } from './tls-identity.js';

export interface TlsHandshakeOwner {
  secured(socket: TLSSocket): void;
  failed(reason: string): void;
}

/** The listening side of the TLS handshake on one connection: it ends in time, one way or the other. */
export class TlsHandshake {
  private readonly timer: NodeJS.Timeout;
  private ended = false;

  constructor(
    private readonly socket: Socket,
    private readonly identity: TlsIdentity,
    handshakeMs: number,
    private readonly owner: TlsHandshakeOwner,
  ) {
    this.timer = setTimeout(
      () => this.close(`no TLS handshake within ${handshakeMs} ms`),
      handshakeMs,
    );
    socket.on('error', (error) => this.close(describeSystemError(error)));
    socket.on('close', () => this.close('the connection closed'));
    socket.once('data', (start) => this.begin(start));
  }

  close(reason: string): void {
    this.end(() => {
      this.owner.failed(reason);
      this.socket.destroy();
    });
  }

  private begin(start: Buffer): void {
    const { socket, owner, identity } = this;
    if (!looksLikeTls(start)) {
      this.end(() => owner.failed(NOT_TLS));
      const refusal = { code: 'tls-mismatch', message: 'it speaks TLS, and this node does not' };
      socket.write(frameOf(encodeAnswer({ refusal })));
      socket.destroySoon();
      return;
    }
    socket.pause();
    socket.unshift(start);
    // A server of its own: it has today's certificates, and no session of an earlier connection.
    const server = createServer(identity.serverOptions());
    server.on('secureConnection', (secured) => this.end(() => owner.secured(secured)));
    server.on('tlsClientError', (error) => this.close(describeSystemError(error)));
    server.emit('connection', socket);
  }

  private end(tell: () => void): void {
    if (this.ended) return;
    this.ended = true;
    clearTimeout(this.timer);
    tell();
  }
}

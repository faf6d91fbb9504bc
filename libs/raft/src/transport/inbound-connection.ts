import type { Socket } from 'node:net';
import { MalformedMessageError } from '../codec/malformed.js';
import { readMessage } from '../codec/message.js';
import { isResponse } from '../core/message.js';
import type { Message } from '../core/message.js';
import { frameOf } from './frame.js';
import { FramedSocket } from './framed-socket.js';
import type { SendResult } from './framed-socket.js';
import { decodeHello, encodeAnswer, judgeHello } from './handshake.js';
import type { Dialer } from './handshake.js';
import type { TcpLimits } from './limits.js';
import type { LocalIdentity } from './transport.js';

export interface InboundOwner {
  identity(): LocalIdentity;
  accepted(dialer: Dialer): void;
  received(dialer: Dialer, message: Message): void;
  /** It closed before anybody was accepted, and it was no probe. */
  refused(reason: string): void;
  /** It closed after `accepted`. */
  disconnected(dialer: Dialer, reason: string): void;
  /** It closed, for whatever reason. Told last. */
  closed(): void;
}

/** One accepted connection: it brings a peer's requests, and takes the responses back. */
export class InboundConnection {
  private readonly framed: FramedSocket;
  /** null until a hello was accepted. */
  private dialer: Dialer | null = null;
  private probed = false;

  constructor(
    socket: Socket,
    limits: TcpLimits,
    private readonly owner: InboundOwner,
  ) {
    this.framed = new FramedSocket(socket, limits, {
      frame: (payload) => {
        if (this.dialer === null) this.hello(payload);
        else this.request(this.dialer, payload);
      },
      drained: () => undefined,
      closed: (reason) => this.closed(reason),
    });
  }

  send(frame: Buffer): SendResult {
    return this.framed.send(frame);
  }

  keepAlive(): void {
    if (this.dialer !== null) this.framed.keepAlive();
  }

  close(reason: string): void {
    this.framed.close(reason);
  }

  private hello(payload: Buffer): void {
    const identity = this.owner.identity();
    const verdict = judgeHello(identity, decodeHello(payload));
    const welcome = frameOf(encodeAnswer({ welcome: identity }));
    switch (verdict.type) {
      case 'probe':
        this.probed = true;
        this.framed.finish(welcome, 'probe answered');
        return;
      case 'refused':
        this.framed.finish(
          frameOf(encodeAnswer({ refusal: verdict.refusal })),
          verdict.refusal.message,
        );
        return;
      case 'accepted':
        this.dialer = verdict.dialer;
        this.framed.handshakeDone();
        this.framed.allowRequests();
        this.framed.send(welcome);
        this.owner.accepted(verdict.dialer);
    }
  }

  private request(dialer: Dialer, payload: Buffer): void {
    const message = readMessage(payload);
    if (isResponse(message)) {
      throw new MalformedMessageError(`a ${message.type} where only requests travel`);
    }
    this.owner.received(dialer, message);
  }

  private closed(reason: string): void {
    if (this.dialer !== null) this.owner.disconnected(this.dialer, reason);
    else if (!this.probed) this.owner.refused(reason);
    this.owner.closed();
  }
}

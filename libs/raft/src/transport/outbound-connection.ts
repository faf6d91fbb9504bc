import { connect } from 'node:net';
import { MalformedMessageError } from '../codec/malformed.js';
import { readMessage } from '../codec/message.js';
import { isResponse } from '../core/message.js';
import type { Message } from '../core/message.js';
import { formatAddress } from './address.js';
import type { HostAndPort } from './address.js';
import { frameOf } from './frame.js';
import { FramedSocket } from './framed-socket.js';
import type { SendResult } from './framed-socket.js';
import { decodeAnswer, encodeHello } from './handshake.js';
import type { Hello, HelloRefusal } from './handshake.js';
import type { TcpLimits } from './limits.js';
import type { LocalIdentity } from './transport.js';

export interface OutboundOwner {
  welcomed(identity: LocalIdentity): void;
  received(message: Message): void;
  drained(): void;
  /** Told once, whether it ever stood or not. `refusal` when the other side turned the hello down. */
  closed(reason: string, refusal: HelloRefusal | null): void;
}

/** One dialled connection: it carries this node's requests there, and the responses back. */
export class OutboundConnection {
  private readonly framed: FramedSocket;
  private readonly address: string;
  private refusal: HelloRefusal | null = null;
  private open = false;

  constructor(
    target: HostAndPort,
    hello: Hello,
    limits: TcpLimits,
    private readonly owner: OutboundOwner,
  ) {
    this.address = formatAddress(target);
    const socket = connect(target);
    this.framed = new FramedSocket(socket, limits, {
      frame: (payload) => (this.open ? this.message(payload) : this.answer(payload)),
      drained: () => {
        if (this.open) owner.drained();
      },
      closed: (reason) => this.closed(reason),
    });
    socket.once('connect', () => this.framed.send(frameOf(encodeHello(hello))));
  }

  send(frame: Buffer): SendResult {
    return this.open ? this.framed.send(frame) : 'closed';
  }

  keepAlive(): void {
    if (this.open) this.framed.keepAlive();
  }

  close(reason: string): void {
    this.framed.close(reason);
  }

  private answer(payload: Buffer): void {
    const answer = decodeAnswer(payload);
    if ('refusal' in answer) {
      this.refusal = answer.refusal;
      this.framed.close(answer.refusal.message);
      return;
    }
    this.framed.handshakeDone();
    this.open = true;
    this.owner.welcomed(answer.welcome);
  }

  private message(payload: Buffer): void {
    const message = readMessage(payload);
    if (!isResponse(message)) {
      throw new MalformedMessageError(`a ${message.type} where only responses travel`);
    }
    this.owner.received(message);
  }

  private closed(reason: string): void {
    this.open = false;
    this.owner.closed(`${this.address}: ${reason}`, this.refusal);
  }
}

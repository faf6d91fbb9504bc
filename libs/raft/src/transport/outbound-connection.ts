import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { MalformedMessageError } from '../codec/malformed.js';
import { isResponse } from '../core/message.js';
import { formatAddress } from './address.js';
import type { HostAndPort } from './address.js';
import { frameOf, readMessageFrame } from './frame.js';
import type { Carried } from './frame.js';
import { FramedSocket } from './framed-socket.js';
import type { SendResult } from './framed-socket.js';
import { decodeAnswer, encodeHello } from './handshake.js';
import type { Hello, HelloRefusal, Welcome } from './handshake.js';
import type { TcpSettings } from './tcp-settings.js';
import { certificateProblem } from './tls/certificate-problem.js';

export interface OutboundOwner {
  welcomed(welcome: Welcome): void;
  received(carried: Carried, protocol: number): void;
  drained(): void;
  /**
   * Told once, whether it ever stood or not. `refusal` when the other side turned the hello down,
   * `broken` when it brought what no correct node sends.
   */
  closed(reason: string, refusal: HelloRefusal | null, broken: boolean): void;
}

/** One dialled connection: it carries this node's requests there, and the responses back. */
export class OutboundConnection {
  private readonly socket: Socket;
  private readonly framed: FramedSocket;
  private readonly address: string;
  private refusal: HelloRefusal | null = null;
  /** null until a welcome came. */
  private protocol: number | null = null;

  constructor(
    target: HostAndPort,
    private readonly hello: Hello,
    settings: TcpSettings,
    private readonly owner: OutboundOwner,
  ) {
    this.address = formatAddress(target);
    this.socket = settings.tls?.dial(target) ?? connect(target);
    this.framed = new FramedSocket(this.socket, settings, {
      frame: (payload) => {
        if (this.protocol === null) this.answer(payload);
        else this.message(payload, this.protocol);
      },
      drained: () => {
        if (this.protocol !== null) owner.drained();
      },
      closed: (reason, broken) => this.closed(reason, broken),
    });
    this.socket.once(settings.tls === null ? 'connect' : 'secureConnect', () =>
      this.framed.send(frameOf(encodeHello(hello))),
    );
  }

  send(frame: Buffer): SendResult {
    return this.protocol === null ? 'closed' : this.framed.send(frame);
  }

  keepAlive(): void {
    if (this.protocol !== null) this.framed.keepAlive();
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
    const wanted = this.hello.to?.nodeId ?? answer.welcome.nodeId;
    const problem = certificateProblem(this.socket, wanted);
    if (problem !== null) {
      this.framed.close(problem);
      return;
    }
    this.framed.handshakeDone();
    this.protocol = answer.protocol;
    this.owner.welcomed(answer);
  }

  private message(payload: Buffer, protocol: number): void {
    const carried = readMessageFrame(payload);
    if (!isResponse(carried.message)) {
      throw new MalformedMessageError(`a ${carried.message.type} where only responses travel`);
    }
    this.owner.received(carried, protocol);
  }

  private closed(reason: string, broken: boolean): void {
    this.protocol = null;
    this.owner.closed(`${this.address}: ${reason}`, this.refusal, broken);
  }
}

import type { Socket } from 'node:net';
import { MalformedMessageError } from '../codec/malformed.js';
import { isResponse } from '../core/message.js';
import { frameOf, readMessageFrame } from './frame.js';
import type { Carried } from './frame.js';
import { FramedSocket } from './framed-socket.js';
import type { SendResult } from './framed-socket.js';
import { decodeHello, encodeAnswer, judgeHello, refuse } from './handshake.js';
import type { Dialer, Hello, Probe, Verdict } from './handshake.js';
import type { Lane } from './lane.js';
import type { TcpSettings } from './tcp-settings.js';
import { certificateProblem } from './tls/certificate-problem.js';
import type { LocalIdentity } from './transport.js';

/** Who dialled, and what was agreed. */
export interface Caller {
  readonly dialer: Dialer;
  readonly lane: Lane;
  readonly protocol: number;
}

export interface InboundOwner {
  identity(): LocalIdentity;
  accepted(caller: Caller): void;
  received(caller: Caller, carried: Carried): void;
  /** It closed before anybody was accepted, and it was no probe. */
  refused(reason: string): void;
  /** It closed after `accepted`; `broken` when it brought what no correct node sends. */
  disconnected(caller: Caller, reason: string, broken: boolean): void;
}

/** One accepted connection: it brings a peer's requests, and takes the responses back. */
export class InboundConnection {
  private readonly framed: FramedSocket;
  /** null until a hello was accepted. */
  private caller: Caller | null = null;
  private probed = false;

  constructor(
    private readonly socket: Socket,
    private readonly settings: TcpSettings,
    private readonly owner: InboundOwner,
  ) {
    this.framed = new FramedSocket(socket, settings, {
      frame: (payload) => {
        if (this.caller === null) this.hello(decodeHello(payload));
        else this.request(this.caller, payload);
      },
      drained: () => undefined,
      closed: (reason, broken) => this.closed(reason, broken),
    });
  }

  send(frame: Buffer): SendResult {
    return this.framed.send(frame);
  }

  keepAlive(): void {
    if (this.caller !== null) this.framed.keepAlive();
  }

  close(reason: string): void {
    this.framed.close(reason);
  }

  private hello(hello: Hello): void {
    const identity = this.owner.identity();
    const verdict = this.judge(identity, hello);
    if (verdict.type === 'refused') {
      const { refusal } = verdict;
      this.framed.finish(frameOf(encodeAnswer({ refusal })), refusal.message);
      return;
    }
    const { protocol } = verdict;
    const welcome = frameOf(encodeAnswer({ welcome: identity, protocol }));
    if (verdict.type === 'probe') {
      this.probed = true;
      this.framed.finish(welcome, 'probe answered');
      return;
    }
    this.caller = { dialer: verdict.dialer, lane: hello.lane, protocol };
    this.framed.handshakeDone();
    this.framed.allowRequests();
    this.framed.send(welcome);
    this.owner.accepted(this.caller);
  }

  private judge(identity: LocalIdentity, hello: Hello): Verdict | Probe {
    const problem = certificateProblem(this.socket, hello.from.nodeId);
    if (problem !== null) return refuse('certificate-mismatch', problem);
    return judgeHello(identity, this.settings.protocols, hello);
  }

  private request(caller: Caller, payload: Buffer): void {
    const carried = readMessageFrame(payload);
    if (isResponse(carried.message)) {
      throw new MalformedMessageError(`a ${carried.message.type} where only requests travel`);
    }
    this.owner.received(caller, carried);
  }

  private closed(reason: string, broken: boolean): void {
    if (this.caller !== null) this.owner.disconnected(this.caller, reason, broken);
    else if (!this.probed) this.owner.refused(reason);
  }
}

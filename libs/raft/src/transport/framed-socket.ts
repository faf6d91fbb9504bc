import type { Socket } from 'node:net';
import { MalformedMessageError } from '../codec/malformed.js';
import { emptyFrame, FrameParser } from './frame.js';
import { MISSED_KEEP_ALIVES, SHORT_FRAME_BYTES, SLOWEST_FRAME_KEEP_ALIVES } from './limits.js';
import { describeSystemError, looksLikeTls } from './system-error.js';
import type { TcpSettings } from './tcp-settings.js';

/** `dropped`: a limit was reached. `closed`: there is no connection to send on. */
export type SendResult = 'sent' | 'dropped' | 'closed';

export interface FramedSocketOwner {
  /** @throws MalformedMessageError to have the connection closed. */
  frame(payload: Buffer): void;
  /** Told once, when the connection is gone. `broken` when it brought what no correct node sends. */
  closed(reason: string, broken: boolean): void;
  /** Everything that waited to be sent has been sent. */
  drained(): void;
}

/** Frames over one socket, either side of it: bounded, checked, and closed when the other side is silent. */
export class FramedSocket {
  private readonly parser = new FrameParser(SHORT_FRAME_BYTES);
  private readonly handshakeTimer: NodeJS.Timeout;
  private greeted = false;
  private broken = false;
  private missedKeepAlives = 0;
  /** Signs of life that were due since the last frame ended. */
  private frameTurns = 0;
  private closing: string | null = null;

  constructor(
    private readonly socket: Socket,
    private readonly settings: TcpSettings,
    private readonly owner: FramedSocketOwner,
  ) {
    const { handshakeMs } = settings.limits;
    this.handshakeTimer = setTimeout(
      () => this.close(`no handshake within ${handshakeMs} ms`),
      handshakeMs,
    );
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.receive(chunk));
    socket.on('end', () => this.close('the other side closed the connection'));
    socket.on('error', (error) => this.close(describeSystemError(error)));
    socket.on('drain', () => owner.drained());
    socket.on('close', () => owner.closed(this.closing ?? 'the connection closed', this.broken));
  }

  /** The other side has said who it is, in time. */
  handshakeDone(): void {
    this.greeted = true;
    clearTimeout(this.handshakeTimer);
  }

  /** Requests carry entries; everything else is short. */
  allowRequests(): void {
    this.parser.maxPayloadBytes = this.settings.limits.maxMessageBytes;
  }

  /** Sends, together with everything else that is sent in this turn of the event loop; or drops. */
  send(frame: Buffer): SendResult {
    const { socket, settings } = this;
    if (this.closing !== null) return 'closed';
    if (socket.writableLength + frame.length > settings.limits.maxBufferedBytes) return 'dropped';
    if (socket.writableCorked === 0) {
      socket.cork();
      setImmediate(() => socket.uncork());
    }
    socket.write(frame);
    settings.counters.bytesSent += frame.length;
    return 'sent';
  }

  /** To be called every `keepAliveMs`. Counts turns, not time: a process that was paused finds its peers well. */
  keepAlive(): void {
    if (this.missedKeepAlives >= MISSED_KEEP_ALIVES) {
      this.close(`nothing heard for ${MISSED_KEEP_ALIVES * this.settings.limits.keepAliveMs} ms`);
      return;
    }
    this.missedKeepAlives++;
    this.frameTurns = this.parser.isWithinFrame ? this.frameTurns + 1 : 0;
    if (this.frameTurns > SLOWEST_FRAME_KEEP_ALIVES) this.closeBroken('a frame does not end');
    else this.send(emptyFrame);
  }

  /** Sends a last frame, takes no more, and closes. */
  finish(frame: Buffer, reason: string): void {
    this.send(frame);
    this.closing ??= reason;
    clearTimeout(this.handshakeTimer);
    this.socket.uncork();
    this.socket.destroySoon();
  }

  close(reason: string): void {
    this.closing ??= reason;
    clearTimeout(this.handshakeTimer);
    // What was sent in this turn still goes out, as far as the system takes it.
    this.socket.uncork();
    this.socket.destroy();
  }

  private receive(chunk: Buffer): void {
    this.missedKeepAlives = 0;
    this.settings.counters.bytesReceived += chunk.length;
    if (!this.greeted && looksLikeTls(chunk)) {
      // What is no TLS tells the other side as much.
      this.finish(emptyFrame, 'the other side speaks TLS, and this node does not');
      return;
    }
    this.parser.push(chunk);
    try {
      while (this.closing === null) {
        const payload = this.parser.next();
        if (payload === null) return;
        this.frameTurns = 0;
        if (payload.length > 0) this.owner.frame(payload);
      }
    } catch (error) {
      if (!(error instanceof MalformedMessageError)) throw error;
      this.closeBroken(error.message);
    }
  }

  private closeBroken(reason: string): void {
    this.broken = true;
    this.settings.counters.brokenFrames++;
    this.close(`broken frame: ${reason}`);
  }
}

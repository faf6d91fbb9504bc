import { readMessage } from '../../codec/message.js';
import type { Message } from '../../core/message.js';
import { FrameParser } from '../../transport/frame.js';

const maxPayloadBytes = 4 * 1024 * 1024;

/** The bytes that come to one end of a connection, and the product's own parser that reads them. */
export class Stream {
  /** Bytes have changed on the way. */
  isGarbled = false;
  private readonly parser = new FrameParser(maxPayloadBytes);
  private waiting: Buffer = Buffer.alloc(0);

  get waitingBytes(): number {
    return this.waiting.length;
  }

  arrived(bytes: Buffer): void {
    this.waiting = this.waiting.length === 0 ? bytes : Buffer.concat([this.waiting, bytes]);
  }

  /** The messages that are whole when all but the last `left` bytes are read. @throws MalformedMessageError */
  *take(left: number): Generator<Message> {
    const chunk = this.waiting.subarray(0, this.waiting.length - left);
    this.waiting = this.waiting.subarray(chunk.length);
    this.parser.push(chunk);
    for (let payload = this.parser.next(); payload !== null; payload = this.parser.next()) {
      yield readMessage(payload);
    }
  }
}

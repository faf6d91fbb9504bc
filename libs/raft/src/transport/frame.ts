import { crc32 } from 'node:zlib';
import { MalformedMessageError } from '../codec/malformed.js';
import { messageBytes, readMessage, writeMessage } from '../codec/message.js';
import { Reader } from '../codec/reader.js';
import type { Message } from '../core/message.js';

/**
 * A frame on the wire: length of payload u32, crc32 of payload u32, payload. Little-endian. An empty
 * frame only shows that its sender lives.
 */
const HEADER_BYTES = 8;

/** No message begins like this: here a trace id, u48, stands in front of the message. */
const TRACED = 0xff;
const TRACE_BYTES = 7;

/** A message, and what names it at both ends, if its sender has named it. */
export interface Carried {
  readonly message: Message;
  readonly traceId: number | undefined;
}

export const emptyFrame = frameOf(Buffer.alloc(0));

export function frameOf(payload: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(HEADER_BYTES + payload.length);
  frame.set(payload, HEADER_BYTES);
  return seal(frame);
}

export function messageFrame(message: Message, traceId?: number): Buffer {
  const start = traceId === undefined ? HEADER_BYTES : HEADER_BYTES + TRACE_BYTES;
  const frame = Buffer.allocUnsafe(start + messageBytes(message));
  if (traceId !== undefined) {
    frame.writeUInt8(TRACED, HEADER_BYTES);
    frame.writeUIntLE(traceId, HEADER_BYTES + 1, 6);
  }
  writeMessage(frame, start, message);
  return seal(frame);
}

/** @throws MalformedMessageError */
export function readMessageFrame(payload: Buffer): Carried {
  if (payload[0] !== TRACED) return { message: readMessage(payload), traceId: undefined };
  const traceId = new Reader(payload.subarray(1)).u48();
  return { message: readMessage(payload.subarray(TRACE_BYTES)), traceId };
}

function seal(frame: Buffer): Buffer {
  frame.writeUInt32LE(frame.length - HEADER_BYTES, 0);
  frame.writeUInt32LE(crc32(frame.subarray(HEADER_BYTES)), 4);
  return frame;
}

/**
 * Cuts a stream of chunks into the payloads of its frames. A frame that lies within one chunk is given
 * as a view of it; one that spans chunks is collected, in a buffer that grows with what has come and
 * never with what a header claims.
 */
export class FrameParser {
  private chunk: Buffer = Buffer.alloc(0);
  /** Where the unread rest of `chunk` starts. */
  private offset = 0;
  /** The first `collected` bytes are the start of a frame that began in an earlier chunk. */
  private partial: Buffer = Buffer.alloc(0);
  private collected = 0;

  /** @param maxPayloadBytes may be raised between two frames. */
  constructor(public maxPayloadBytes: number) {}

  /** Whether the end of a frame has not come yet. */
  get isWithinFrame(): boolean {
    return this.collected > 0;
  }

  /** Hands in the next bytes of the stream, once `next` has given everything of those before. */
  push(chunk: Buffer): void {
    this.chunk = chunk;
    this.offset = 0;
  }

  /**
   * The payload of the next frame; null when its end has not come yet.
   * @throws MalformedMessageError
   */
  next(): Buffer | null {
    return this.collected === 0 ? this.nextInChunk() : this.nextAcrossChunks();
  }

  private nextInChunk(): Buffer | null {
    const left = this.chunk.length - this.offset;
    if (left < HEADER_BYTES) return this.nextAcrossChunks();
    const frameBytes = this.frameBytes(this.chunk, this.offset);
    if (left < frameBytes) return this.nextAcrossChunks();
    const frame = this.chunk.subarray(this.offset, this.offset + frameBytes);
    this.offset += frameBytes;
    return payloadOf(frame);
  }

  private nextAcrossChunks(): Buffer | null {
    if (!this.collect(HEADER_BYTES)) return null;
    const frameBytes = this.frameBytes(this.partial, 0);
    if (!this.collect(frameBytes)) return null;
    const frame = this.partial.subarray(0, frameBytes);
    this.partial = Buffer.alloc(0);
    this.collected = 0;
    return payloadOf(frame);
  }

  /** Takes bytes from the chunk until at least `wanted` are collected. */
  private collect(wanted: number): boolean {
    if (this.collected >= wanted) return true;
    const taken = Math.min(wanted - this.collected, this.chunk.length - this.offset);
    const behind = this.collected + taken;
    if (behind > this.partial.length) {
      const grown = Buffer.allocUnsafe(Math.min(wanted, Math.max(behind, 2 * this.partial.length)));
      this.partial.copy(grown, 0, 0, this.collected);
      this.partial = grown;
    }
    this.chunk.copy(this.partial, this.collected, this.offset, this.offset + taken);
    this.collected = behind;
    this.offset += taken;
    return behind === wanted;
  }

  private frameBytes(buffer: Buffer, offset: number): number {
    const payloadBytes = buffer.readUInt32LE(offset);
    if (payloadBytes > this.maxPayloadBytes) {
      throw new MalformedMessageError(
        `a frame of ${payloadBytes} bytes, where ${this.maxPayloadBytes} are allowed`,
      );
    }
    return HEADER_BYTES + payloadBytes;
  }
}

function payloadOf(frame: Buffer): Buffer {
  const payload = frame.subarray(HEADER_BYTES);
  if (crc32(payload) !== frame.readUInt32LE(4)) {
    throw new MalformedMessageError('the checksum of a frame is wrong');
  }
  return payload;
}

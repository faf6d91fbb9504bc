import type { Entry } from '../core/entry.js';
import { readEntry } from './entry.js';
import { MalformedMessageError } from './malformed.js';

/**
 * Terms, indexes and counters stand in 48 bits, but only half of that range is taken from others: a
 * node that follows a peer's term must still be able to raise it and write it.
 */
const MAX_NUMBER = 2 ** 47;

/** Reads one value behind the other, and nothing behind the end. What it gives are views, not copies. */
export class Reader {
  private offset = 0;

  constructor(private readonly buffer: Buffer) {}

  get isAtEnd(): boolean {
    return this.offset === this.buffer.length;
  }

  u8(): number {
    return this.buffer.readUInt8(this.take(1));
  }

  u32(): number {
    return this.buffer.readUInt32LE(this.take(4));
  }

  u48(): number {
    const value = this.buffer.readUIntLE(this.take(6), 6);
    if (value > MAX_NUMBER) throw new MalformedMessageError(`number ${value} is out of range`);
    return value;
  }

  bytes(length: number): Buffer {
    const start = this.take(length);
    return this.buffer.subarray(start, start + length);
  }

  /** Whatever is left. */
  rest(): Buffer {
    return this.bytes(this.buffer.length - this.offset);
  }

  entry(): Entry {
    try {
      const { entry, end } = readEntry(this.buffer, this.offset);
      this.offset = end;
      return entry;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new MalformedMessageError(error.message, error);
    }
  }

  /** Steps over `bytes` and returns where they start. */
  private take(bytes: number): number {
    const start = this.offset;
    const left = this.buffer.length - start;
    if (bytes > left) {
      throw new MalformedMessageError(`cut short: ${bytes} bytes wanted, ${left} left`);
    }
    this.offset += bytes;
    return start;
  }
}

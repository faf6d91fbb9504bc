import { createHash } from 'node:crypto';
import type { Proposed } from '../calls/call.js';

/** The first result of a command that may be sent again, and a trace of which command that was. */
export interface KeptResult<Result> {
  readonly fingerprint: number;
  readonly answer: Proposed<Result>;
}

/** 47 bits of the command's SHA-256: another command under the same name is told from it. */
export function fingerprintOf(command: Uint8Array): number {
  return createHash('sha256').update(command).digest().readUIntLE(0, 6) % 2 ** 47;
}

/** How results stand in a snapshot. */
export interface ResultCodec<Result> {
  /** The bytes must depend on nothing but the result: replicas' snapshots are compared. */
  encode(result: Result): Uint8Array;
  /** What `encode` was given, or its equal. */
  decode(bytes: Uint8Array): Result;
}

/** For results that JSON brings back as they were; nothing for `undefined`. */
export function jsonResults<Result>(): ResultCodec<Result> {
  return {
    encode: (result) => Buffer.from((JSON.stringify(result) as string | undefined) ?? ''),
    decode: (bytes) => {
      const text = new TextDecoder().decode(bytes);
      return (text === '' ? undefined : JSON.parse(text)) as Result;
    },
  };
}

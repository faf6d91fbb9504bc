import { RecordingProblem } from './recording-problem.js';

export interface Line {
  readonly text: string;
  /** The first is 1. */
  readonly number: number;
  /** Where it begins in the text. */
  readonly byte: number;
}

const newline = 10;
/** A longer line is no record of ours. */
const maxLineBytes = 16 * 1024 * 1024;

/**
 * The lines of a text as they come.
 * @throws {RecordingProblem} when the text breaks off or is larger than it may be
 */
export async function* lines(
  text: ReadableStream<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<Line> {
  const reader = text.getReader();
  let rest = new Uint8Array();
  let number = 1;
  let byte = 0;
  const damaged = (cause?: unknown) =>
    new RecordingProblem({ kind: 'damaged', line: number, byte }, { cause });
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw damaged(cause);
      });
      if (done) break;
      if (byte + rest.length + value.length > maxBytes) {
        throw new RecordingProblem({ kind: 'too-large', limitBytes: maxBytes });
      }
      const piece = joined(rest, value);
      let start = 0;
      for (let end = piece.indexOf(newline); end >= 0; end = piece.indexOf(newline, start)) {
        yield { text: decoded(piece.subarray(start, end), damaged), number, byte };
        number += 1;
        byte += end + 1 - start;
        start = end + 1;
      }
      rest = piece.slice(start);
      if (rest.length > maxLineBytes) throw damaged();
    }
    // Every line that is whole has its end.
    if (rest.length > 0) throw damaged();
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function decoded(bytes: Uint8Array, damaged: (cause: unknown) => Error): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw damaged(cause);
  }
}

import { stripVTControlCharacters } from 'node:util';
import { maxLogLines, type NodeLog } from '@quorate/contract';

const maxLineLength = 500;

/** The last lines that a process printed: bounded in lines and in the length of each. */
export class LogTail {
  readonly #lines: string[] = [];
  #partial = '';
  #printed = 0;

  /** The last lines, at most so many. */
  last(count: number): NodeLog {
    const lines = this.#lines.slice(-count);
    return { lines, earlier: this.#printed - lines.length };
  }

  /** Takes a piece of output, cut anywhere. */
  take(chunk: string): void {
    const [first = '', ...rest] = chunk.split('\n');
    this.#partial = clip(this.#partial + first);
    for (const piece of rest) {
      this.add(this.#partial);
      this.#partial = clip(piece);
    }
  }

  add(line: string): void {
    const text = stripVTControlCharacters(line).trimEnd();
    if (text === '') return;
    this.#printed += 1;
    this.#lines.push(clip(text));
    if (this.#lines.length > maxLogLines) this.#lines.shift();
  }
}

function clip(line: string): string {
  return line.length <= maxLineLength ? line : `${line.slice(0, maxLineLength - 1)}…`;
}

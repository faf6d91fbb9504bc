import { stripVTControlCharacters } from 'node:util';

const maxLines = 200;
const maxLineLength = 500;

/** The last lines that a process printed: bounded in lines and in the length of each. */
export class LogTail {
  readonly #lines: string[] = [];
  #partial = '';

  get lines(): readonly string[] {
    return this.#lines;
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
    this.#lines.push(clip(text));
    if (this.#lines.length > maxLines) this.#lines.shift();
  }
}

function clip(line: string): string {
  return line.length <= maxLineLength ? line : `${line.slice(0, maxLineLength - 1)}…`;
}

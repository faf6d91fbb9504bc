import type { LogFormat, LogLevel } from '../config/values.js';

/** What a line says besides its text, for those who search in it. */
export type Fields = Readonly<Record<string, unknown>>;

export interface LogOptions {
  /** The node that speaks. */
  readonly node: string;
  readonly level: LogLevel;
  readonly format: LogFormat;
  /** Takes one whole line, its end included. */
  readonly write: (line: string) => void;
}

const rank: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

/** The log of the node: sentences for people on a terminal, JSON with fields for machines. */
export class Log {
  constructor(private readonly options: LogOptions) {}

  debug(text: string, fields?: Fields): void {
    this.print('debug', text, fields);
  }

  info(text: string, fields?: Fields): void {
    this.print('info', text, fields);
  }

  warn(text: string, fields?: Fields): void {
    this.print('warn', text, fields);
  }

  error(text: string, fields?: Fields): void {
    this.print('error', text, fields);
  }

  print(level: LogLevel, text: string, fields: Fields = {}): void {
    const { node, format, write } = this.options;
    if (rank[level] < rank[this.options.level]) return;
    const time = new Date().toISOString();
    if (format === 'json') {
      write(`${JSON.stringify({ time, level, node, text, ...fields })}\n`);
    } else {
      write(`${time.slice(11, 23)} ${level.toUpperCase().padEnd(5)} ${node}  ${text}\n`);
    }
  }
}

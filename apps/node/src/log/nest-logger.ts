import type { LoggerService } from '@nestjs/common';
import type { Log } from './log.js';

/** Nest's own words, in the node's log. What it says while it starts is detail. */
export class NestLogger implements LoggerService {
  constructor(private readonly target: Log) {}

  log(message: unknown): void {
    this.target.debug(String(message));
  }

  debug(message: unknown): void {
    this.target.debug(String(message));
  }

  verbose(message: unknown): void {
    this.target.debug(String(message));
  }

  warn(message: unknown): void {
    this.target.warn(String(message));
  }

  error(message: unknown, stack?: unknown): void {
    this.target.error(String(message), typeof stack === 'string' ? { stack } : {});
  }

  fatal(message: unknown): void {
    this.target.error(String(message));
  }
}

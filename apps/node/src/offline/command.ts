import { parseArgs } from 'node:util';
import type { Config } from '../config/config.js';
import { recover } from './recover.js';
import { restore } from './restore.js';

/** Does something to the volume of a node that does not run, and tells what it was. */
export type OfflineCommand = (config: Config) => Promise<string>;

/** The command that the arguments name; null when they name none. */
export function offlineCommand([name, ...rest]: readonly string[]): OfflineCommand | null {
  if (name === 'restore' && rest.length === 1) {
    const [file = ''] = rest;
    return (config) => restore(config, file);
  }
  if (name !== 'recover') return null;
  const reason = reasonIn(rest);
  return reason === undefined ? null : (config) => recover(config, reason);
}

/** null when none is given; undefined when the arguments say anything else. */
function reasonIn(args: string[]): string | null | undefined {
  try {
    return parseArgs({ args, options: { reason: { type: 'string' } } }).values.reason ?? null;
  } catch {
    return undefined;
  }
}

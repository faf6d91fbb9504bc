import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { maxNodes, type Wishes } from '../data/place.js';
import { messageOf, SupervisorError } from '../errors.js';

export interface Options extends Wishes {
  fresh: boolean;
  /** Of the dashboard. */
  port: number;
  /** Absolute. */
  dataDir: string;
  help: boolean;
}

/** Reads the command line. Throws a SupervisorError `usage` that names the option. */
export function readOptions(args: readonly string[]): Options {
  const values = parse(args);
  return {
    nodes: integer('--nodes', values.nodes, 1, maxNodes),
    fresh: values.fresh ?? false,
    port: integer('--port', values.port, 1, 65535) ?? 8080,
    httpPort: integer('--http-port', values['http-port'], 1, 65535),
    raftPort: integer('--raft-port', values['raft-port'], 1, 65535),
    dataDir: resolve(values['data-dir'] ?? '.quorate'),
    help: values.help ?? false,
  };
}

/** The text of `--help`: a plain file, so that `npm start -- --help` works before anything is built. */
export function helpText(): string {
  return readFileSync(new URL('../../help.txt', import.meta.url), 'utf8');
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        nodes: { type: 'string' },
        fresh: { type: 'boolean' },
        port: { type: 'string' },
        'http-port': { type: 'string' },
        'raft-port': { type: 'string' },
        'data-dir': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new SupervisorError('usage', `${messageOf(error)}. --help shows all options.`);
  }
}

function integer(option: string, text: string | undefined, from: number, to: number) {
  if (text === undefined) return null;
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (value >= from && value <= to) return value;
  throw new SupervisorError(
    'usage',
    `${option} needs a whole number from ${from} to ${to}, not '${text}'.`,
  );
}

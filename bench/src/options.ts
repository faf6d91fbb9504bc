import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';

export const parts = [
  'http',
  'library',
  'log',
  'failover',
  'restart',
  'million',
  'watched',
  'sizes',
  'soak',
] as const;
export type Part = (typeof parts)[number];

export interface Options {
  readonly help: boolean;
  /** Fewer, shorter rounds: under two minutes. */
  readonly quick: boolean;
  /** Where the volumes are: the disk that is measured. */
  readonly dir: string;
  /** A file for the figures as JSON. */
  readonly json: string | null;
  readonly only: readonly Part[];
}

export const help = `Measures this machine's Quorate against etcd, where etcd is installed.

  npm run bench                 everything; about 25 minutes, and the soak of 10 more
  npm run bench -- --quick      the main figures, rougher: under 2 minutes
  npm run bench -- --only http,library
  npm run bench -- --dir /mnt/disk     volumes on another disk (default: ${tmpdir()})
  npm run bench -- --json figures.json

Parts: ${parts.join(', ')}.
wrk makes the load where it is installed (apt-get install wrk), else autocannon.
etcd: apt-get install etcd-server. Nothing else should run on the machine meanwhile.
`;

const quickParts: readonly Part[] = ['http', 'library', 'log', 'failover'];

/** @throws Error that names the option */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h' },
      quick: { type: 'boolean' },
      dir: { type: 'string' },
      json: { type: 'string' },
      only: { type: 'string' },
    },
  });
  const quick = values.quick ?? false;
  const wanted = values.only?.split(',').map((name) => {
    const part = parts.find((candidate) => candidate === name);
    if (part === undefined) {
      throw new Error(`--only ${name}: no such part. Parts: ${parts.join(', ')}.`);
    }
    return part;
  });
  return {
    help: values.help ?? false,
    quick,
    dir: values.dir ?? tmpdir(),
    json: values.json ?? null,
    only: wanted ?? (quick ? quickParts : parts),
  };
}

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { helpText, readOptions } from './options.js';

it('has a default for every option', () => {
  expect(readOptions([])).toEqual({
    nodes: null,
    fresh: false,
    port: 8080,
    httpPort: null,
    raftPort: null,
    dataDir: resolve('.quorate'),
    help: false,
  });
});

it('reads every option', () => {
  const line = '--nodes 5 --fresh --port 1 --http-port=2 --raft-port 3 --data-dir /d';
  expect(readOptions(line.split(' '))).toEqual({
    nodes: 5,
    fresh: true,
    port: 1,
    httpPort: 2,
    raftPort: 3,
    dataDir: '/d',
    help: false,
  });
});

it.each([
  [['--nodes', '0'], '--nodes'],
  [['--nodes', '33'], '--nodes'],
  [['--nodes', '3.5'], '--nodes'],
  [['--port', '65536'], '--port'],
  [['--http-port', 'x'], '--http-port'],
  [['--raft-port', '-1'], '--raft-port'],
  [['--volumes', '3'], '--volumes'],
  [['three'], 'three'],
])('refuses %j and names it', (args, named) => {
  expect(() => readOptions(args)).toThrow(named);
});

it('explains every option in the help', () => {
  const source = readFileSync(new URL('options.ts', import.meta.url), 'utf8');
  const names = [...source.matchAll(/^ {8}'?([a-z-]+)'?: \{ type:/gm)].map((match) => match[1]);
  expect(names).toHaveLength(7);
  for (const name of names) expect(helpText()).toContain(`--${name ?? ''} `);
});

import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '../../test/fixtures.js';
import { DataDirectory } from './data-directory.js';

const n1 = { id: 'n1', httpPort: 8000, raftPort: 9000, toJoin: false };

function withVolume() {
  const data = new DataDirectory(temporaryDirectory());
  data.save([n1]);
  mkdirSync(data.volumeOf('n1'), { recursive: true });
  return data;
}

it('remembers its nodes', () => {
  const data = withVolume();
  expect(new DataDirectory(data.path).load()).toEqual([n1]);
});

it('empties the volumes, and leaves alone what else lies there', () => {
  const data = withVolume();
  writeFileSync(join(data.path, 'notes.txt'), 'mine');
  data.empty();
  expect(readdirSync(data.path)).toEqual(['notes.txt']);
  expect(data.load()).toEqual([]);
});

it('empties one volume', () => {
  const data = withVolume();
  mkdirSync(data.volumeOf('n2'));
  data.emptyVolume('n1');
  expect(existsSync(data.volumeOf('n1'))).toBe(false);
  expect(existsSync(data.volumeOf('n2'))).toBe(true);
});

it('touches no volumes that are not its own', () => {
  const data = new DataDirectory(temporaryDirectory());
  const theirs = join(data.path, 'volumes', 'music');
  mkdirSync(theirs, { recursive: true });
  expect(() => data.load()).toThrow('--data-dir');
  expect(() => data.empty()).toThrow('--data-dir');
  expect(existsSync(theirs)).toBe(true);
});

it.each([
  'no json',
  '{"version":2}',
  '{"version":1,"nodes":[{"id":"..","httpPort":1,"raftPort":2,"toJoin":false}]}',
])('does not guess at a cluster.json that says %s', (text) => {
  const data = new DataDirectory(temporaryDirectory());
  writeFileSync(join(data.path, 'cluster.json'), text);
  expect(() => data.load()).toThrow(join(data.path, 'cluster.json'));
  data.empty();
  expect(data.load()).toEqual([]);
});

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RaftNode } from '@quorate/raft';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as tour from './tour.js';

let dir: string;
const opened: { close(): Promise<void> }[] = [];

beforeEach(async () => (dir = await mkdtemp(join(tmpdir(), 'quorate-tour-'))));

afterEach(async () => {
  await Promise.all(opened.splice(0).map((node) => node.close()));
  await rm(dir, { recursive: true, force: true });
});

async function open(id: string) {
  const member = await tour.open(id, join(dir, id), 0);
  opened.push(member.node);
  return member;
}

async function join2(node: RaftNode<number>) {
  const second = await open('n2');
  await tour.join2(node, second.node.status.address);
  for await (const { configuration } of second.node.watch()) {
    const voters = configuration.members.filter(({ role }) => role === 'voter');
    if (voters.length === 2) return second;
  }
  throw new Error('n2 closed before it was a voter');
}

test('writes, reads, sessions and keys', async () => {
  const { node, words } = await open('n1');
  await tour.found(node);
  const { index, result } = await tour.write(node);
  expect(result).toBe(1);
  expect(await tour.writeOrExplain(node)).toBe('counted: 2');
  expect(await tour.exactlyOnce(node)).toBe(1);
  const [first, again] = await tour.underKey(node, 'order 17');
  expect(again).toEqual(first);
  expect(await tour.read(node, words, index)).toEqual([2, 2]);
  tour.tune(node);
});

test('a second member, and leadership that goes there', async () => {
  const { node } = await open('n1');
  await tour.found(node);
  const second = await join2(node);
  await tour.leave(node);
  expect(second.node.status.leader?.id).toBe('n2');
});

test('a second member that takes over', async () => {
  const { node } = await open('n1');
  await tour.found(node);
  const second = await join2(node);
  const term = await tour.takeOver(second.node);
  for await (const { role, term: present } of second.node.watch()) {
    if (role !== 'leader') continue;
    expect(present).toBeGreaterThanOrEqual(term);
    return;
  }
});

test('a backup, restored as a cluster of its own', async () => {
  const { node } = await open('n1');
  await tour.found(node);
  await tour.write(node);
  await tour.backUp(node, join(dir, 'backup'));
  await opened.pop()?.close();

  await tour.restore(join(dir, 'backup'), join(dir, 'new'), '127.0.0.1:9000');
  const restored = await tour.open('n1', join(dir, 'new'), 0);
  opened.push(restored.node);
  expect(await restored.node.read(() => restored.words.count('quorum'))).toBe(1);
});

test('one of two, recovered when the other is gone for good', async () => {
  const { node } = await open('n1');
  await tour.found(node);
  await tour.write(node);
  await join2(node);
  await Promise.all(opened.splice(0).map((each) => each.close()));

  const { plan, record } = await tour.recover(join(dir, 'n1'), '127.0.0.1:9000');
  expect(plan.members.map(({ id }) => id)).toEqual(['n1', 'n2']);
  expect(record.newClusterId).not.toBe(plan.clusterId);
  const again = await open('n1');
  expect(await again.node.read(() => again.words.count('quorum'))).toBe(1);
});

test('what is watched ends with its signal', async () => {
  const { node } = await open('n1');
  const stop = new AbortController();
  const following = tour.follow(node, stop.signal);
  await tour.found(node);
  stop.abort();
  expect((await following).length).toBeGreaterThan(0);
});

test('what a tap hears', async () => {
  const { node } = await open('n1');
  await tour.found(node);
  const { heard, end } = tour.listen(node);
  const { index } = await tour.write(node);
  expect(heard[0]).toBe('1 entries');
  expect(heard.at(-1)).toBe(`committed ${index}, applied ${index}`);
  end();
});

test('docs/raft.md shows the code that runs here', async () => {
  const page = await readFile(new URL('../../docs/raft.md', import.meta.url), 'utf8');
  const code = await readFile(new URL('tour.ts', import.meta.url), 'utf8');
  const shown = [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, block = '']) => block.trim());
  const regions = [...code.matchAll(/\/\/ #region .*?\n(.*?)\n *\/\/ #endregion/gs)];
  expect(shown).toEqual(regions.map(([, region = '']) => outdented(region)));
});

/** Without the indentation that the code has where it stands. */
function outdented(code: string): string {
  const indent = /^ */.exec(code)?.[0] ?? '';
  return code.replaceAll(`\n${indent}`, '\n').trim();
}

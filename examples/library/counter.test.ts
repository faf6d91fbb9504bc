import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { replicatedCounter } from './counter.js';

let dir: string;
const opened: { close(): Promise<void> }[] = [];

beforeEach(async () => (dir = await mkdtemp(join(tmpdir(), 'quorate-counter-'))));

afterEach(async () => {
  await Promise.all(opened.splice(0).map((node) => node.close()));
  await rm(dir, { recursive: true, force: true });
});

async function open(id: string) {
  const counter = await replicatedCounter(id, 0, join(dir, id));
  opened.push(counter.node);
  return counter;
}

test('three members count together, whoever is asked', async () => {
  const [a, b, c] = [await open('a'), await open('b'), await open('c')];
  await a.node.bootstrap();
  await a.node.membership.add({ id: 'b', address: b.node.status.address });
  await a.node.membership.add({ id: 'c', address: c.node.status.address });

  for await (const { configuration } of c.node.watch()) {
    if (configuration.members.filter(({ role }) => role === 'voter').length === 3) break;
  }
  expect(await a.add(5)).toBe(5);
  expect(await b.add(7)).toBe(12);
  expect(await c.read()).toBe(12);
});

test('a member that is opened again on its directory still knows the count', async () => {
  const first = await open('a');
  await first.node.bootstrap();
  await first.add(3);
  await opened.pop()?.close();

  const again = await open('a');
  expect(await again.read()).toBe(3);
});

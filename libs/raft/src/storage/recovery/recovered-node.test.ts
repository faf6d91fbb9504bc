import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { leads, TestCluster, until, untilEvent, word } from '../../node/test/cluster.js';
import { fileLog } from '../file-log.js';
import { planRecovery, recoverVolume } from './recover.js';

let dir: string;
let cluster: TestCluster;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'quorate-recovery-'));
  cluster = new TestCluster();
});

afterEach(async () => {
  await cluster[Symbol.asyncDispose]();
  await rm(dir, { recursive: true });
});

test('a node that was recovered leads alone, has its data, refuses its old cluster and takes new members', async () => {
  const first = await cluster.open('n1', { log: fileLog({ dir }) });
  await first.node.bootstrap();
  const second = await cluster.join(await cluster.open('n2'), first);
  const third = await cluster.join(await cluster.open('n3'), first);
  for (const text of ['a', 'b']) await first.node.propose(word(text));
  await until(first, ({ durableIndex, lastIndex }) => durableIndex === lastIndex);
  const lost = first.node.status.clusterId;
  for (const { node } of [second, third, first]) await node.close();

  expect(await planRecovery({ dir, id: 'n1' })).toMatchObject({
    clusterId: lost,
    role: 'voter',
    members: [{ id: 'n1' }, { id: 'n2' }, { id: 'n3' }],
  });
  const reason = 'n2 and n3 are lost';
  const { newClusterId } = await recoverVolume({ dir, id: 'n1', address: 'n1:1', reason });

  const recovered = await cluster.open('n1', { log: fileLog({ dir }) });
  const { configuration } = await until(recovered, leads);
  expect(recovered.node.status.clusterId).toBe(newClusterId);
  expect(configuration.members.map(({ id }) => id)).toEqual(['n1']);
  await recovered.node.propose(word('c'));
  expect(recovered.words.list).toEqual(['a', 'b', 'c']);

  await cluster.open('n2', { log: second.log });
  const refused = await untilEvent(recovered, 'connection-refused');
  expect(refused).toMatchObject({ reason: expect.stringContaining(lost!) as string });

  const blank = await cluster.join(await cluster.open('n4'), recovered);
  expect(await blank.node.read(() => [...blank.words.list])).toEqual(['a', 'b', 'c']);
});

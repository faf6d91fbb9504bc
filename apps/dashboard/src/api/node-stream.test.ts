import type { EventBatch, KeysChanged, StatusFrame } from '@quorate/contract';
import { afterEach, expect, test, vi } from 'vitest';
import { FakeNode } from '../../test/fake-node.js';
import { frame, status } from '../../test/fixtures.js';
import { EventLog } from '../core/history/event-log.js';
import type { Link } from '../core/cluster/observation.js';
import { listenToNode } from './node-stream.js';

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function fakeNode(run: string, port?: number): Promise<FakeNode> {
  const node = await FakeNode.start(run, port);
  cleanups.push(() => node.stop());
  return node;
}

/** Listens, and keeps what came. */
function listen(url: string, wanted: { prefix: string | null } = { prefix: null }) {
  const log = new EventLog();
  const heard = {
    links: [] as Link[],
    frames: [] as StatusFrame[],
    garbage: [] as string[],
    keys: [] as KeysChanged[],
  };
  const texts = () =>
    log
      .latest(100)
      .map((entry) => (entry.kind === 'event' ? entry.event.text : 'gap'))
      .reverse();
  const stream = listenToNode(url, {
    keys: () => wanted.prefix,
    cursor: () => log.of('n1').cursor,
    onLink: (link) => heard.links.push(link),
    onFrame: (one) => heard.frames.push(one),
    onEvents: (batch: EventBatch) => log.of('n1').accept(batch),
    onMetrics: () => undefined,
    onTrace: () => undefined,
    onKeys: (changed) => heard.keys.push(changed),
    onGarbage: (problem) => heard.garbage.push(problem),
  });
  cleanups.push(stream.close);
  return { heard, texts, stream };
}

test('what happened before and after the page came arrives, and every frame', async () => {
  const node = await fakeNode('a');
  node.happen('first');
  const { heard, texts } = listen(node.url);
  await vi.waitFor(() => expect(texts()).toEqual(['first']));
  node.happen('second');
  node.emit('status', frame(status('n1')));
  await vi.waitFor(() => {
    expect(texts()).toEqual(['first', 'second']);
    expect(heard.frames.map(({ status: words }) => words.id)).toEqual(['n1']);
  });
  expect(heard.links).toEqual(['connecting', 'open']);
});

test('a node that is stopped and comes back is heard again within a second or so', async () => {
  const node = await fakeNode('a');
  const { port } = node;
  node.happen('before');
  const { heard, texts } = listen(node.url);
  await vi.waitFor(() => expect(texts()).toEqual(['before']));
  await node.stop();
  await vi.waitFor(() => expect(heard.links.at(-1)).toBe('closed'));

  const again = await fakeNode('b', port);
  again.happen('after');
  await vi.waitFor(() => expect(texts()).toEqual(['before', 'after']), { timeout: 3_000 });
  expect(heard.links.at(-1)).toBe('open');
  expect(again.resumes).toEqual([{ run: 'a', seq: 1 }]);
});

test('what is not in the contract is told and not believed', async () => {
  const node = await fakeNode('a');
  const { heard } = listen(node.url);
  await vi.waitFor(() => expect(node.resumes).toHaveLength(1));
  node.emit('status', { run: 'a' } as StatusFrame);
  await vi.waitFor(() => expect(heard.garbage).toHaveLength(1));
  expect(heard.frames).toEqual([]);
});

test('changes of keys are asked for at every connection, and when others are wanted', async () => {
  const node = await fakeNode('a');
  const { port } = node;
  const wanted = { prefix: 'a/' as string | null };
  const { heard, stream } = listen(node.url, wanted);
  await vi.waitFor(() => expect(node.prefixes).toEqual(['a/']));
  node.emit('keys', { index: 7, changes: [] });
  await vi.waitFor(() => expect(heard.keys).toEqual([{ index: 7, changes: [] }]));
  wanted.prefix = 'b/';
  stream.renewKeys();
  await vi.waitFor(() => expect(node.prefixes).toEqual(['a/', 'b/']));
  await node.stop();
  const again = await fakeNode('b', port);
  await vi.waitFor(() => expect(again.prefixes).toEqual(['b/']), { timeout: 3_000 });
});

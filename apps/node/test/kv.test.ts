import {
  KeyCount,
  KeySearch,
  KeyTree,
  type PrefixRemoved,
  type Removed,
  type Written,
} from '@quorate/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cluster } from './cluster.js';
import type { NodeProcess } from './node-process.js';
import { failure, success } from './requests.js';

let cluster: Cluster;
let leader: NodeProcess;
let follower: NodeProcess;

beforeAll(async () => {
  cluster = await Cluster.start(3);
  leader = await cluster.settled();
  follower = cluster.nodes.find((node) => node !== leader)!;
});

afterAll(() => cluster[Symbol.asyncDispose]());

type Headers = Record<string, string>;
const put = (path: string, body = '', headers: Headers = {}) =>
  follower.fetch(path, { method: 'PUT', body, headers });
const remove = (path: string, headers: Headers = {}) =>
  follower.fetch(path, { method: 'DELETE', headers });
const written = (path: string, body?: string, headers?: Headers) =>
  success<Written>(put(path, body, headers));
const ifMatch = (index: number) => ({ 'if-match': `"${index}"` });
const ifNone = { 'if-none-match': '*' };

/** A refused condition: what it says of the key that it found. */
async function missed(answer: Promise<Response>): Promise<number | null> {
  const response = await answer;
  const body = (await response.json()) as { code: string; outcome: string; index: number | null };
  expect(response.status).toBe(412);
  expect(body).toMatchObject({ code: 'condition-failed', outcome: 'not-applied' });
  expect(response.headers.get('etag')).toBe(body.index === null ? null : `"${body.index}"`);
  return body.index;
}

describe('a value', () => {
  it('tells where it comes from', async () => {
    const first = await written('/kv/history', '1');
    const second = await written('/kv/history', 'two');
    const { headers } = await follower.fetch('/kv/history');
    expect(Object.fromEntries(headers)).toMatchObject({
      etag: `"${second.index}"`,
      'content-length': '3',
      'quorate-index': String(second.index),
      'quorate-created-index': String(first.index),
      'quorate-version': '2',
    });
  });
});

describe('a condition', () => {
  it('If-Match lets a write pass while the key is as that entry wrote it', async () => {
    const first = await written('/kv/matched', '1');
    const second = await written('/kv/matched', '2', ifMatch(first.index));
    expect(await missed(put('/kv/matched', '3', ifMatch(first.index)))).toBe(second.index);
    expect(await missed(remove('/kv/matched', ifMatch(first.index)))).toBe(second.index);
    expect(await (await leader.fetch('/kv/matched')).text()).toBe('2');
    const removed = await success<Removed>(remove('/kv/matched', ifMatch(second.index)));
    expect(removed.existed).toBe(true);
    expect(await missed(put('/kv/matched', '3', ifMatch(second.index)))).toBeNull();
    await failure(leader.fetch('/kv/matched'), 404);
  });

  it('If-None-Match lets a write pass while there is no such key', async () => {
    const { index } = await written('/kv/new', '1', ifNone);
    expect(await missed(put('/kv/new', '2', ifNone))).toBe(index);
    expect(await (await leader.fetch('/kv/new')).text()).toBe('1');
  });

  it('lets one of many pass', async () => {
    const tries = Array.from({ length: 20 }, (_, i) =>
      cluster.nodes[i % 3]!.fetch('/kv/one', { method: 'PUT', body: `${i}`, headers: ifNone }),
    );
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, ...Array<number>(19).fill(412)]);
  });

  it('with an idempotency key is decided once, whatever came later', async () => {
    const { index } = await written('/kv/once', '1');
    const refused = { ...ifMatch(index + 1000), 'idempotency-key': 'refused' };
    const passed = { ...ifMatch(index), 'idempotency-key': 'passed' };
    expect(await missed(put('/kv/once', '2', refused))).toBe(index);
    const second = await written('/kv/once', '2', passed);
    expect(await written('/kv/once', '2', passed)).toEqual(second);
    expect(await missed(put('/kv/once', '2', refused))).toBe(index);
    await failure(put('/kv/once', '2', { ...ifNone, 'idempotency-key': 'passed' }), 422);
  });

  it('holds for the original forms too', async () => {
    const { index } = await written('/kv/form', '1');
    const set = (headers: Headers) => follower.fetch('/set?key=form&value=2', { headers });
    expect(await missed(set(ifNone))).toBe(index);
    await success(set(ifMatch(index)));
  });

  it.each<[string, Headers]>([
    ['no index in quotes', { 'if-match': '7' }],
    ['a weak tag', { 'if-match': 'W/"7"' }],
    ['several tags', { 'if-match': '"7", "8"' }],
    ['any key', { 'if-match': '*' }],
    ['no other value', { 'if-none-match': '"7"' }],
    ['both', { ...ifMatch(7), ...ifNone }],
  ])('is refused with 400 when it is %s', async (_what, headers) => {
    const body = await failure(put('/kv/odd', '', headers), 400, 'bad-request');
    expect(body.message).toMatch(/^If-/);
  });
});

describe('the keys of a prefix', () => {
  const names = Array.from({ length: 2500 }, (_, i) => `many/${String(i).padStart(4, '0')}`);
  const ask = async (query: string) => success<unknown>(follower.fetch(`/kv?${query}`));

  beforeAll(async () => {
    await Promise.all(
      ['tree/a/1', 'tree/a/2', 'tree/b', 'tree/c/1'].map((key) => written(`/kv/${key}`, 'x')),
    );
    for (let i = 0; i < names.length; i += 100) {
      await Promise.all(names.slice(i, i + 100).map((key) => written(`/kv/${key}`)));
    }
  });

  it('come as keys and groups, page by page', async () => {
    const first = KeyTree.parse(await ask('prefix=tree/&delimiter=/&limit=2'));
    expect(first.items).toMatchObject([
      { kind: 'group', prefix: 'tree/a/' },
      { kind: 'key', key: 'tree/b', bytes: 1 },
    ]);
    const rest = KeyTree.parse(await ask(`prefix=tree/&delimiter=/&after=${first.next}`));
    expect(rest).toEqual({ items: [{ kind: 'group', prefix: 'tree/c/' }], next: null });
  });

  it('are found by a text in them', async () => {
    const { items, next } = KeySearch.parse(await ask('contains=e/c'));
    expect(items).toMatchObject([{ key: 'tree/c/1', bytes: 1 }]);
    expect(next).toBeNull();
  });

  it('are counted', async () => {
    expect(KeyCount.parse(await ask('prefix=many/&count=true'))).toEqual({ keys: 2500 });
    expect(KeyCount.parse(await ask('prefix=none/&count=true'))).toEqual({ keys: 0 });
  });

  it('are removed a thousand at a time', async () => {
    const rounds: PrefixRemoved[] = [];
    do rounds.push(await success<PrefixRemoved>(remove('/kv?prefix=many/')));
    while (rounds.at(-1)!.more);
    expect(rounds.map(({ removed }) => removed)).toEqual([1000, 1000, 500]);
    for (const node of cluster.nodes) {
      const path = `/kv?prefix=many/&count=true&consistency=local&minIndex=${rounds.at(-1)!.index}`;
      expect(await success(node.fetch(path))).toEqual({ keys: 0 });
    }
    expect(KeyCount.parse(await ask('prefix=tree/&count=true'))).toEqual({ keys: 4 });
  });

  it('are removed once under an idempotency key', async () => {
    await written('/kv/gone/1');
    const once = { 'idempotency-key': 'prefix' };
    const first = await success<PrefixRemoved>(remove('/kv?prefix=gone/', once));
    expect(first).toMatchObject({ removed: 1, more: false });
    await written('/kv/gone/2');
    expect(await success(remove('/kv?prefix=gone/', once))).toEqual(first);
    expect(KeyCount.parse(await ask('prefix=gone/&count=true'))).toEqual({ keys: 1 });
  });

  it('are not removed by a request that names no prefix, or a condition', async () => {
    const { message } = await failure(remove('/kv'), 400, 'bad-request');
    expect(message).toContain("'prefix' is missing");
    await failure(remove('/kv?prefix=tree/', ifNone), 400, 'bad-request');
    await failure(remove(`/kv?prefix=${'x'.repeat(1025)}`), 413, 'payload-too-large');
    expect(KeyCount.parse(await ask('prefix=tree/&count=true'))).toEqual({ keys: 4 });
  });

  it.each(['delimiter=', 'count=yes', 'delimiter=/&contains=a', 'contains=a&count=true'])(
    'cannot be asked for by %s',
    async (query) => {
      await failure(follower.fetch(`/kv?${query}`), 400, 'bad-request');
    },
  );
});

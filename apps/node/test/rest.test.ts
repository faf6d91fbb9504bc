import { KeyList, type Removed, type Written } from '@quorate/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cluster } from './cluster.js';
import type { NodeProcess } from './node-process.js';
import { failure, rawRequest, success } from './requests.js';

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const json = { 'content-type': 'application/json' };

let cluster: Cluster;
let leader: NodeProcess;
let follower: NodeProcess;

beforeAll(async () => {
  cluster = await Cluster.start(3);
  leader = await cluster.settled();
  follower = cluster.nodes.find((node) => node !== leader)!;
});

afterAll(() => cluster[Symbol.asyncDispose]());

async function bytesOf(answer: Promise<Response>): Promise<Buffer> {
  return Buffer.from(await (await answer).arrayBuffer());
}

const put = (node: NodeProcess, path: string, body: string | Uint8Array<ArrayBuffer> = '') =>
  node.fetch(path, { method: 'PUT', body });

describe('the resource form', () => {
  it('writes, reads and removes at every node', async () => {
    for (const node of cluster.nodes) {
      const key = `/kv/at-${node.id}`;
      const written = await success<Written>(put(node, key, 'hello'));
      expect(written.index).toBeGreaterThan(0);
      expect(written.term).toBeGreaterThan(0);
      for (const reader of cluster.nodes) {
        const answer = await reader.fetch(key);
        expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
        expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
        expect(Number(answer.headers.get('quorate-index'))).toBe(written.index);
        expect(await answer.text()).toBe('hello');
      }
      const removed = await success<Removed>(node.fetch(key, { method: 'DELETE' }));
      expect(removed).toMatchObject({ existed: true });
      expect(removed.index).toBeGreaterThan(written.index);
      await failure(leader.fetch(key), 404, 'key-not-found');
    }
  });

  it('keeps any bytes, under any content type', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    for (const type of ['application/octet-stream', 'application/json', 'text/plain', '']) {
      const init = { method: 'PUT', body: new Blob([bytes], { type }) };
      await success(follower.fetch('/kv/binary', init));
      const answer = await follower.fetch('/kv/binary');
      expect(answer.headers.get('content-type')).toBe('application/octet-stream');
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(Buffer.from(bytes));
    }
  });

  it('tells an empty value from no value', async () => {
    await success(put(leader, '/kv/empty'));
    const answer = await leader.fetch('/kv/empty');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('');
    await failure(leader.fetch('/kv/absent'), 404, 'key-not-found');
  });

  it.each([
    'a/b',
    '/',
    '..',
    'a?b#c&d=e+f g%20',
    '__proto__',
    'constructor',
    'toString',
    'schlüssel',
    '\u{1F600}',
    '\u0000',
    'x'.repeat(1024),
    'ü'.repeat(512),
  ])('takes the key %j', async (key) => {
    const path = `/kv/${encodeURIComponent(key).replaceAll('.', '%2E')}`;
    const write = await rawRequest(leader.url, path, { method: 'PUT' });
    expect(write.status).toBe(200);
    const read = await rawRequest(leader.url, path);
    expect(read.status).toBe(200);
    const list = KeyList.parse(
      await success(leader.fetch(`/kv?prefix=${encodeURIComponent(key)}&limit=1`)),
    );
    expect(list.items[0]?.key).toBe(key);
    await success(rawRequest(leader.url, path, { method: 'DELETE' }));
  });

  it('refuses an empty key and escapes that are no UTF-8 with 400', async () => {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      await failure(leader.fetch('/kv/', { method }), 400, 'bad-request');
    }
    await failure(rawRequest(leader.url, '/kv/%ff'), 400, 'bad-request');
    await failure(rawRequest(leader.url, '/kv/%e'), 400, 'bad-request');
    await failure(rawRequest(leader.url, '/kv?prefix=%ff'), 400, 'bad-request');
    await failure(rawRequest(leader.url, '/kv/\xfc'), 400, 'bad-request');
    await failure(leader.fetch('/get?key='), 400, 'bad-request');
  });

  it('takes a slash in a key as it comes', async () => {
    await success(put(leader, '/kv/a/b', 'x'));
    expect(await (await leader.fetch('/kv/a%2Fb')).text()).toBe('x');
  });

  it('refuses a long key and a long value with 413', async () => {
    await failure(put(leader, `/kv/${'x'.repeat(1025)}`), 413, 'payload-too-large');
    await failure(put(leader, `/kv/${'%C3%BC'.repeat(513)}`), 413, 'payload-too-large');
    await success(put(leader, '/kv/large', Buffer.alloc(1024 * 1024, 1)));
    expect(await bytesOf(follower.fetch('/kv/large'))).toHaveLength(1024 * 1024);
    await failure(put(leader, '/kv/large', Buffer.alloc(1024 * 1024 + 1)), 413);
    await failure(put(leader, '/kv/large', Buffer.alloc(8 * 1024 * 1024)), 413);
    await success(leader.fetch('/kv/large', { method: 'DELETE' }));
  });

  it('says of a removal whether the key was there', async () => {
    const removed = await success<Removed>(follower.fetch('/kv/never', { method: 'DELETE' }));
    expect(removed.existed).toBe(false);
  });
});

describe('the listing', () => {
  const list = async (query: string) =>
    KeyList.parse(await success(follower.fetch(`/kv?${query}`)));

  it('pages through a prefix in the order of UTF-8', async () => {
    const keys = ['a', 'b', '\uFF5E', '\u{1F600}'].map((key) => `list:${key}`);
    for (const key of [...keys].reverse()) {
      await success(put(leader, `/kv/${encodeURIComponent(key)}`, key));
    }
    const first = await list('prefix=list:&limit=3');
    expect(first.items.map((item) => item.key)).toEqual(keys.slice(0, 3));
    expect(first.next).toBe(keys[2]);
    const second = await list(`prefix=list:&limit=3&after=${encodeURIComponent(first.next!)}`);
    expect(second.items).toMatchObject([{ key: keys[3], value: keys[3], encoding: 'utf8' }]);
    expect(second.next).toBeNull();
  });

  it('gives bytes that are no text in base64', async () => {
    await success(put(leader, '/kv/list-binary', new Uint8Array([255, 0])));
    const { items } = await list('prefix=list-binary');
    expect(items).toMatchObject([{ value: '/wA=', encoding: 'base64' }]);
  });

  it.each([
    'limit=0',
    'limit=1001',
    'limit=x',
    'consistency=none',
    'maxStaleMs=0',
    'minIndex=-1',
    'forward=perhaps',
  ])('refuses %s', async (query) => {
    const { message } = await failure(follower.fetch(`/kv?${query}`), 400, 'bad-request');
    expect(message).toContain(query.split('=')[0]);
  });
});

describe('the original forms', () => {
  it.each<[string, string, RequestInit]>([
    ['GET with a query', '?key=form&value=a+b%26', {}],
    ['POST with a query', '?key=form&value=a+b%26', { method: 'POST' }],
    ['POST of a form', '', { method: 'POST', headers: form, body: 'key=form&value=a+b%26' }],
    [
      'POST of JSON',
      '',
      { method: 'POST', headers: json, body: JSON.stringify({ key: 'form', value: 'a b&' }) },
    ],
  ])('set, get and remove by %s', async (_, query, init) => {
    const written = await success<Written>(follower.fetch(`/set${query}`, init));
    expect(written.index).toBeGreaterThan(0);
    const value = await follower.fetch(`/get${query}`, init);
    expect(await value.text()).toBe('a b&');
    expect(value.headers.get('quorate-index')).toBe(String(written.index));
    const removed = await success<Removed>(follower.fetch(`/remove${query}`, init));
    expect(removed.existed).toBe(true);
    await failure(follower.fetch(`/get${query}`, init), 404, 'key-not-found');
  });

  it('remove by DELETE', async () => {
    await success(leader.fetch('/set?key=form&value='));
    const removed = await success<Removed>(leader.fetch('/remove?key=form', { method: 'DELETE' }));
    expect(removed.existed).toBe(true);
  });

  it('name the parameter that is missing or given twice', async () => {
    expect((await failure(leader.fetch('/set?key=a'), 400)).message).toContain("'value'");
    expect((await failure(leader.fetch('/set?value=a'), 400)).message).toContain("'key'");
    expect((await failure(leader.fetch('/get?key=a&key=b'), 400)).message).toContain('twice');
  });

  it('refuse a body they cannot read', async () => {
    const send = (headers: Record<string, string>, body: string) =>
      leader.fetch('/set', { method: 'POST', headers, body });
    await failure(send(json, '{'), 400, 'bad-request');
    await failure(send({ 'content-type': 'text/xml' }, '<a/>'), 415, 'unsupported-media-type');
  });
});

describe('a follower', () => {
  it('answers 421 and writes nothing when it may not forward', async () => {
    const tries: [string, RequestInit][] = [
      ['/kv/not-here?forward=false', { method: 'PUT', body: 'x' }],
      ['/set?key=not-here&value=x&forward=false', {}],
      ['/kv/not-here?forward=false', { method: 'DELETE' }],
      ['/kv/not-here?forward=false', {}],
    ];
    for (const [path, init] of tries) {
      const body = await failure(follower.fetch(path, init), 421, 'not-leader');
      expect(body.message).toContain('not a leader');
      expect(body.leader).toMatchObject({ id: leader.id, url: leader.url });
      expect(body.outcome).toBe('not-applied');
    }
    await failure(leader.fetch('/kv/not-here'), 404, 'key-not-found');
  });

  it('reads its own state when asked for no more', async () => {
    await success(put(leader, '/kv/local', 'x'));
    await success(follower.fetch('/kv'));
    const answer = await follower.fetch('/kv/local?consistency=local&forward=false');
    expect(await answer.text()).toBe('x');
  });
});

describe('a read', () => {
  it.each(['linearizable', 'lease', 'bounded&maxStaleMs=2000', 'local'])(
    'that is %s sees a write by its index, at any node',
    async (consistency) => {
      const written = await success<Written>(put(leader, '/kv/fresh', consistency));
      for (const node of cluster.nodes) {
        const path = `/kv/fresh?consistency=${consistency}&minIndex=${written.index}`;
        expect(await (await node.fetch(path)).text()).toBe(consistency);
      }
    },
  );

  it('that nobody can make fresh enough ends in time, and says so', async () => {
    const path = '/kv/fresh?consistency=local&minIndex=999999999';
    await failure(leader.fetch(path), 504, 'deadline');
  });
});

describe('the status', () => {
  it('tells of leader, members and progress', async () => {
    const status = await leader.status();
    expect(status).toMatchObject({
      id: leader.id,
      role: 'leader',
      leader: { id: leader.id, url: leader.url },
      removed: false,
      outgoing: null,
      transferTo: null,
      timing: { electionMs: [500, 1000], heartbeatMs: 100 },
      snapshotIndex: 0,
      installing: null,
      sessions: 0,
      faults: null,
      storageFault: null,
    });
    expect(status.members.map((member) => member.url)).toEqual(
      cluster.nodes.map((node) => node.url),
    );
    expect(status.peers).toHaveLength(2);
    expect((await follower.status()).peers).toHaveLength(0);
    expect((await follower.status()).clusterId).toBe(status.clusterId);
  });

  it('is live and ready', async () => {
    expect(await success(follower.fetch('/health/live'))).toEqual({ status: 'ok' });
    expect(await success(follower.fetch('/health/ready'))).toEqual({ status: 'ok' });
  });

  it('is no place for a second bootstrap', async () => {
    await failure(leader.fetch('/bootstrap', { method: 'POST' }), 409, 'already-bootstrapped');
  });
});

describe('errors', () => {
  it('have one shape, whoever makes them', async () => {
    await failure(leader.fetch('/nowhere'), 404, 'not-found');
    await failure(leader.fetch('/status', { method: 'PATCH' }), 404, 'not-found');
    await failure(rawRequest(leader.url, '/kv/x', { headers: { host: 'a b' } }), 403);
    const padding = { padding: 'x'.repeat(20_000) };
    await failure(rawRequest(leader.url, '/status', { headers: padding }), 431);
  });
});

describe('an idempotency key', () => {
  const send = (node: NodeProcess, key: string, path: string, init: RequestInit) =>
    node.fetch(path, { ...init, headers: { 'idempotency-key': key } });

  it('gives every request of a write the answer of the first, at every node and in every form', async () => {
    const first = await success<Written>(
      send(leader, 'put', '/kv/idempotent', { method: 'PUT', body: '1' }),
    );
    await success(put(leader, '/kv/idempotent', '2'));
    for (const node of cluster.nodes) {
      const again = send(node, 'put', '/kv/idempotent', { method: 'PUT', body: '1' });
      expect(await success<Written>(again)).toEqual(first);
      const byForm = send(node, 'put', '/set?key=idempotent&value=1', {});
      expect(await success<Written>(byForm)).toEqual(first);
    }
    expect(await (await follower.fetch('/kv/idempotent')).text()).toBe('2');
    const removed = await success<Removed>(
      send(leader, 'remove', '/kv/idempotent', { method: 'DELETE' }),
    );
    expect(removed.existed).toBe(true);
    const again = send(follower, 'remove', '/remove?key=idempotent', { method: 'POST' });
    expect(await success<Removed>(again)).toEqual(removed);
  });

  it('is refused with 422 for another write, and with 400 when it is none', async () => {
    await success(send(leader, 'reused', '/kv/reused', { method: 'PUT', body: '1' }));
    const other = send(follower, 'reused', '/kv/reused', { method: 'PUT', body: '2' });
    expect(await failure(other, 422, 'key-reused')).toMatchObject({
      outcome: 'not-applied',
      retryable: false,
    });
    expect(await (await leader.fetch('/kv/reused')).text()).toBe('1');
    for (const key of ['', 'k'.repeat(256)]) {
      const none = send(leader, key, '/kv/reused', { method: 'PUT', body: '3' });
      await failure(none, 400, 'invalid-argument');
    }
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cluster } from './cluster.js';
import type { NodeProcess } from './node-process.js';
import { failure, rawRequest, success } from './requests.js';

const dashboard = 'http://localhost:8080';
const evil = { origin: 'https://evil.example' };

let cluster: Cluster;
let node: NodeProcess;

beforeAll(async () => {
  cluster = await Cluster.start(1, { QUORATE_ALLOWED_ORIGINS: dashboard });
  node = cluster.nodes[0]!;
});

afterAll(() => cluster[Symbol.asyncDispose]());

const send = (path: string, headers: Record<string, string>, method = 'GET') =>
  rawRequest(node.url, path, { method, headers });

describe('a foreign page', () => {
  it.each([
    ['GET', '/set?key=evil&value=1'],
    ['GET', '/%73et?key=evil&value=1'],
    ['GET', '/remove?key=evil'],
    ['GET', '/join?nodeId=n9&raftPort=1'],
    ['HEAD', '/set?key=evil&value=1'],
    ['POST', '/set?key=evil&value=1'],
    ['PUT', '/kv/evil'],
    ['DELETE', '/kv/evil'],
    ['POST', '/bootstrap'],
  ])('may not send %s %s', async (method, path) => {
    for (const headers of [evil, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }]) {
      const answer = await send(path, headers, method);
      expect(answer.status).toBe(403);
    }
    await failure(node.fetch('/kv/evil'), 404, 'key-not-found');
  });

  it('may not come by a name that was rebound to this machine', async () => {
    for (const path of ['/status', '/kv', '/set?key=evil&value=1', '/nowhere']) {
      await failure(send(path, { host: `evil.example:${node.httpPort}` }), 403, 'forbidden');
    }
  });

  it('gets no permission by a preflight', async () => {
    const headers = { ...evil, 'access-control-request-method': 'PUT' };
    const answer = await send('/kv/evil', headers, 'OPTIONS');
    expect(answer.headers.has('access-control-allow-origin')).toBe(false);
    expect(answer.ok).toBe(false);
  });
});

describe('the dashboard', () => {
  it('may write, and read the answers, errors included', async () => {
    const headers = { origin: dashboard, 'sec-fetch-site': 'same-site' };
    const written = await send('/kv/mine', headers, 'PUT');
    expect(written.headers.get('access-control-allow-origin')).toBe(dashboard);
    await success(written);
    const missing = await send('/kv/absent', headers);
    expect(missing.headers.get('access-control-allow-origin')).toBe(dashboard);
    await failure(missing, 404, 'key-not-found');
    const exposed = (await send('/kv/mine', headers)).headers.get('access-control-expose-headers');
    for (const name of ['etag', 'quorate-index', 'quorate-created-index', 'quorate-version']) {
      expect(exposed).toContain(name);
    }
  });

  it('passes the preflight', async () => {
    const headers = { origin: dashboard, 'access-control-request-method': 'PUT' };
    const answer = await send('/kv/mine', headers, 'OPTIONS');
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-methods')).toContain('PUT');
    for (const name of ['idempotency-key', 'if-match', 'if-none-match']) {
      expect(answer.headers.get('access-control-allow-headers')).toContain(name);
    }
  });
});

it('an address typed into a browser passes', async () => {
  await success(send('/set?key=typed&value=1', { 'sec-fetch-site': 'none' }));
});

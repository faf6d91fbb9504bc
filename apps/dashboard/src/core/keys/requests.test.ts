import { expect, test } from 'vitest';
import { curlOf, requestOf } from './kv-request.js';
import { reachableUrl } from '../cluster/node-url.js';

const base = 'http://localhost:8000';

test('a key of any text is one segment of the path', () => {
  const { method, url } = requestOf(base, { verb: 'set', key: 'a/b ?ü', value: '' });
  expect([method, url]).toEqual(['PUT', `${base}/kv/a%2Fb%20%3F%C3%BC`]);
});

test('a read says its level only when it is not the default', () => {
  const url = (consistency: 'local' | 'linearizable') =>
    requestOf(base, { verb: 'get', key: 'k', consistency }).url;
  expect(url('linearizable')).toBe(`${base}/kv/k`);
  expect(url('local')).toBe(`${base}/kv/k?consistency=local`);
});

test('the curl line can be pasted, whatever the value holds', () => {
  expect(curlOf(requestOf(base, { verb: 'set', key: 'k', value: `it's $HOME` }))).toBe(
    `curl -X PUT --data-binary 'it'\\''s $HOME' '${base}/kv/k'`,
  );
  expect(curlOf(requestOf(base, { verb: 'remove', key: 'k' }))).toBe(
    `curl -X DELETE '${base}/kv/k'`,
  );
});

test('a node that calls itself localhost is on the machine that the page came from', () => {
  expect(reachableUrl('http://127.0.0.1:8000', 'localhost')).toBe('http://localhost:8000');
  expect(reachableUrl('http://localhost:8000/', 'box.lan')).toBe('http://box.lan:8000');
  expect(reachableUrl('http://[::1]:8000', '127.0.0.1')).toBe('http://127.0.0.1:8000');
  expect(reachableUrl('http://10.0.0.7:8000', 'localhost')).toBe('http://10.0.0.7:8000');
});

test('a condition is a header, of the request and of the curl line', () => {
  const set = { verb: 'set', key: 'k', value: 'v' } as const;
  const seen = requestOf(base, { ...set, condition: { index: 7 } });
  expect(seen.headers).toEqual({ 'If-Match': '"7"' });
  expect(curlOf(seen)).toBe(`curl -X PUT -H 'If-Match: "7"' --data-binary 'v' '${base}/kv/k'`);
  const none = requestOf(base, { verb: 'remove', key: 'k', condition: { index: null } });
  expect(none.headers).toEqual({ 'If-None-Match': '*' });
});

test('the keys of a prefix are asked for as a tree, by a text in them, and counted', () => {
  const page = { prefix: 'a/', after: null, limit: 5, consistency: 'local' } as const;
  const url = (operation: Parameters<typeof requestOf>[1]) => requestOf(base, operation).url;
  expect(url({ verb: 'tree', ...page })).toBe(
    `${base}/kv?prefix=a%2F&limit=5&consistency=local&delimiter=%2F`,
  );
  expect(url({ verb: 'tree', ...page, prefix: '', after: 'a/1' })).toBe(
    `${base}/kv?limit=5&after=a%2F1&consistency=local&delimiter=%2F`,
  );
  expect(url({ verb: 'search', text: 'ü', ...page })).toContain('&contains=%C3%BC');
  expect(url({ verb: 'count', prefix: '', consistency: 'local' })).toBe(
    `${base}/kv?prefix=&count=true&consistency=local`,
  );
  expect(requestOf(base, { verb: 'remove-prefix', prefix: 'a/' })).toMatchObject({
    method: 'DELETE',
    url: `${base}/kv?prefix=a%2F`,
  });
});

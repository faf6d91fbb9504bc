import { expect } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { prettyJson } from './pretty-json.js';
import { facesOf, hexRow, hexRows } from './value-view.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const prettyOf = (text: string) => {
  const json = prettyJson(text);
  if (!('pretty' in json)) throw new Error(json.problem);
  return json.pretty;
};

test.prop([fc.json(), fc.constantFrom(0, 1, 3)])('JSON stays what it was', (json, space) => {
  const text = JSON.stringify(JSON.parse(json), null, space);
  expect(prettyOf(text)).toBe(JSON.stringify(JSON.parse(json), null, 2));
});

test('JSON keeps what parsing it would lose', () => {
  expect(prettyOf('{"n":12345678901234567890,"n":1.0,"s":"{\\"a\\",: }"}')).toBe(
    '{\n  "n": 12345678901234567890,\n  "n": 1.0,\n  "s": "{\\"a\\",: }"\n}',
  );
});

test('what is no JSON says why', () => {
  expect(prettyJson('{"a":')).toHaveProperty('problem');
});

test('a value is shown as what it is', () => {
  expect(facesOf(bytes('{"a":1}')).best).toBe('json');
  expect(facesOf(bytes('17')).best).toBe('text');
  expect(facesOf(bytes('hello')).best).toBe('text');
  expect(facesOf(Uint8Array.of(0xff, 0xfe))).toEqual({ text: null, json: null, best: 'hex' });
});

test('a hex dump tells offset, bytes and what of them is text', () => {
  const value = bytes('0123456789abcdefA\n');
  expect(hexRows(value)).toBe(2);
  expect(hexRow(value, 1)).toEqual({ offset: '000010', hex: '41 0a', ascii: 'A·' });
});

import { expect } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { compareKeys } from './index.js';

const keys = fc.string({ unit: 'binary' });

test.prop([keys, keys])('keys stand in the order of their UTF-8 bytes', (a, b) => {
  expect(Math.sign(compareKeys(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
});

test('a code point beyond U+FFFF comes after every other', () => {
  expect(compareKeys('\u{1F600}', '\uFF5E')).toBeGreaterThan(0);
});

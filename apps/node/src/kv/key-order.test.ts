import { expect } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { behindPrefix, compareKeys } from './key-order.js';

const keys = fc.string({ unit: 'binary' });

test.prop([keys, keys])('keys stand in the order of their UTF-8 bytes', (a, b) => {
  expect(Math.sign(compareKeys(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
});

test('a code point beyond U+FFFF comes after every other', () => {
  expect(compareKeys('\u{1F600}', '\uFF5E')).toBeGreaterThan(0);
});

const prefix = fc.oneof(
  keys,
  fc.constantFrom('a/', 'a\uD7FF', '\u{10FFFF}', 'b\u{10FFFF}\u{10FFFF}'),
);

test.prop([prefix, keys, keys])(
  'what lies behind a prefix follows all that begins with it, and nothing lies between',
  (prefix, rest, other) => {
    const behind = behindPrefix(prefix);
    const comesBefore = (key: string) => behind === null || compareKeys(key, behind) < 0;
    expect(comesBefore(prefix + rest)).toBe(true);
    const follows = compareKeys(other, prefix) > 0 && !other.startsWith(prefix);
    expect(comesBefore(other)).toBe(!follows);
  },
);

test('behind the last character before the surrogates comes the first one after them', () => {
  expect(behindPrefix('a\uD7FF')).toBe('a\uE000');
  expect(behindPrefix('a\u{10FFFF}')).toBe('b');
  expect(behindPrefix('\u{10FFFF}')).toBeNull();
});

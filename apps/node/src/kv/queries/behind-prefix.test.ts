import { compareKeys } from '@quorate/contract';
import { expect } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { behindPrefix } from './behind-prefix.js';

const keys = fc.string({ unit: 'binary' });
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

import { describe, expect, test } from 'vitest';
import { later, nullable, number, word } from './field.js';
import type { Field } from './field.js';
import { MalformedMessageError } from './malformed.js';
import { Reader } from './reader.js';

function written<T>(field: Field<T>, value: T): Buffer {
  const buffer = Buffer.alloc(field.bytes(value));
  field.write(buffer, 0, value);
  return buffer;
}

describe('a field that came later', () => {
  const field = later(number, 7);

  test('comes back from its bytes', () => {
    expect(field.read(new Reader(written(field, 9)))).toBe(9);
  });

  test('has its default when an older sender left it out', () => {
    expect(field.read(new Reader(Buffer.alloc(0)))).toBe(7);
  });

  test('is malformed when it was begun and cut', () => {
    const cut = written(field, 9).subarray(0, 3);
    expect(() => field.read(new Reader(cut))).toThrow(MalformedMessageError);
  });
});

describe('a word that came later', () => {
  const field = nullable(word({ old: 1, new: 2 }, ['new']));

  test('asks for a reader of protocol 2, and the others do not', () => {
    const since = (value: 'old' | 'new' | null) => field.since?.(value);
    expect([since('new'), since('old'), since(null)]).toEqual([2, 1, 1]);
  });
});

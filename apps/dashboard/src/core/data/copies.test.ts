import { expect, test } from 'vitest';
import { problemOf } from '../failure.js';
import { compared, type Copy, referenceOf } from './copies.js';

const copy = (node: string, index: number | null, text = 'v'): Copy => ({
  node,
  state: 'read',
  found:
    index === null
      ? null
      : { value: new TextEncoder().encode(text), index, createdIndex: 1, version: 1 },
});

test("copies are compared with the leader's, whatever the others have", () => {
  const copies = [
    copy('n1', 5),
    copy('n2', 4),
    copy('n3', 6),
    copy('n4', null),
    copy('n5', 5, 'w'),
  ];
  const reference = referenceOf(copies, 'n1');
  expect(reference?.node).toBe('n1');
  expect(copies.map((each) => compared(each, reference))).toEqual([
    'same',
    'older',
    'newer',
    'missing',
    'other-value',
  ]);
  expect(compared(copy('n2', 3), copy('n1', null))).toBe('extra');
});

test('without a leader that answers, with the newest', () => {
  const failed: Copy = {
    node: 'n1',
    state: 'failed',
    problem: problemOf(new Error('gone'), 'read'),
  };
  const reference = referenceOf([failed, copy('n2', 4), copy('n3', 6)], 'n1');
  expect(reference?.node).toBe('n3');
  expect(compared(failed, reference)).toBeNull();
  expect(referenceOf([failed], 'n1')).toBeNull();
});

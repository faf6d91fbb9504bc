import { expect, test } from 'vitest';
import { paired } from './ways.js';

test('a way and the way back are told as one', () => {
  const ways = [
    { from: 'n1', to: 'n2' },
    { from: 'n1', to: 'n3' },
    { from: 'n2', to: 'n1' },
    { from: 'n1', to: 'n2' },
  ];
  expect(paired(ways)).toEqual([
    { from: 'n1', to: 'n2', both: true },
    { from: 'n1', to: 'n3', both: false },
  ]);
});

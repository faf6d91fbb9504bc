import { expect, test } from 'vitest';
import { ringLayout } from '../cluster/ring-layout.js';
import { cutOff } from './ring-cut.js';

const ids = ['n1', 'n2', 'n3', 'n4'];
const points = ringLayout(4, 100);
const places = ids.map((id, at) => ({ id, at: points[at]! }));

test('a line across the ring parts those on its left from the others', () => {
  // From the lower left to the upper right: n1 (top) and n4 (left) are left of it.
  const stroke = { from: { x: -90, y: 80 }, to: { x: 80, y: -90 } };
  expect(cutOff(stroke, places)).toEqual(['n1', 'n4']);
});

test('a line beside the ring parts nobody', () => {
  expect(cutOff({ from: { x: 150, y: -50 }, to: { x: 150, y: 50 } }, places)).toBeNull();
});

test('a line that has no length parts nobody', () => {
  expect(cutOff({ from: { x: 5, y: 5 }, to: { x: 5, y: 5 } }, places)).toBeNull();
});

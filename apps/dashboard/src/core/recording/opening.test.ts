import { expect, test } from 'vitest';
import { Recorded } from '../../../test/recorded.js';
import { firstView, openingSpan } from './opening.js';

test('a recording opens where the whole cluster was first heard', () => {
  const told = new Recorded(['n1', 'n2'], 1_000);
  expect(firstView(told.history)).toBe(told.t(-1_000));
  expect(firstView(new Recorded([]).history)).toBeNull();
});

test('it shows what led to it, but not more than it is long itself', () => {
  const told = new Recorded();
  told.event('n1', -9_000, 'started');
  told.event('n1', -1_500, 'role-changed', { role: 'leader', term: 3 });
  const heard = { from: told.t(-1_000), to: told.t(0) };
  expect(openingSpan(told.history, heard)).toEqual({ from: told.t(-1_500), to: told.t(0) });
  const nothing = new Recorded();
  expect(openingSpan(nothing.history, heard)).toEqual(heard);
});

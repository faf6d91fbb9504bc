import { expect, test } from 'vitest';
import { observed } from '../../../test/observed.js';
import { draftOf } from './draft.js';
import { effectOf, effectText, usual } from './effect-text.js';

const view = observed();
const cut = { type: 'cut' };

test('an address that asks for nothing is no draft', () => {
  expect(draftOf({}, view)).toBeNull();
});

test('one side of the nodes is parted from the other, in every direction', () => {
  const draft = draftOf({ side: 'n3' }, view);
  expect(draft).toMatchObject({ kind: 'partition', one: ['n3'], other: ['n1', 'n2'] });
  expect(draft?.rules).toHaveLength(4);
});

test.each(['n9', 'n1,n2,n3', ''])('a side of %j parts nobody', (side) => {
  expect(draftOf({ side }, view)).toBeNull();
});

test('a link is touched one way, or both', () => {
  expect(draftOf({ link: 'n1>n2', effect: 'cut' }, view)?.rules).toEqual([
    { from: 'n1', to: 'n2', effect: cut },
  ]);
  expect(draftOf({ link: 'n1>n2', effect: 'cut', both: '1' }, view)?.rules).toEqual([
    { from: 'n1', to: 'n2', effect: cut },
    { from: 'n2', to: 'n1', effect: cut },
  ]);
});

test.each([
  { link: 'n1>n9', effect: 'cut' },
  { link: 'n1>n1', effect: 'cut' },
  { link: 'n1', effect: 'cut' },
  { link: 'n1>n2', effect: 'delay:0' },
  { link: 'n1>n2' },
  { preset: 'everything' },
])('%j asks for what cannot be done', (params) => {
  expect(draftOf(params, view)).toBeNull();
});

test('a preset means what it means for this leader', () => {
  expect(draftOf({ preset: 'isolate-leader' }, view)).toMatchObject({ preset: 'isolate-leader' });
});

test.each(Object.values(usual))('$type comes back from the address as it went', (effect) => {
  expect(effectOf(effectText(effect))).toEqual(effect);
});

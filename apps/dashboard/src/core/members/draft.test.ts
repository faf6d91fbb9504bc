import { expect, test } from 'vitest';
import { member, three } from '../../../test/fixtures.js';
import { changesOf, type Draft, isJoint } from './draft.js';

const candidates = [{ id: 'n4', address: 'h:9003' }];
const changes = (draft: Draft) => changesOf(draft, three, candidates);

test('a membership that is so already needs no change', () => {
  expect(changes({})).toEqual([]);
  expect(changes({ n1: 'voter', n4: 'out' })).toEqual([]);
});

test('who comes in is added before anybody leaves', () => {
  expect(changes({ n2: 'out', n3: 'learner', n4: 'voter' })).toEqual([
    { type: 'add', id: 'n4', address: 'h:9003' },
    { type: 'remove', id: 'n2' },
    { type: 'demote', id: 'n3' },
  ]);
});

test('who is to vote at once is promoted in the same change', () => {
  expect(changes({ n4: 'voter-now' })).toEqual([
    { type: 'add', id: 'n4', address: 'h:9003' },
    { type: 'promote', id: 'n4' },
  ]);
});

test('a learner can be asked to stay one', () => {
  expect(changes({ n4: 'learner' })).toEqual([
    { type: 'add', id: 'n4', address: 'h:9003', learner: true },
  ]);
});

test('a learner is promoted', () => {
  const members = [...three, member('n4', 'learner')];
  expect(changesOf({ n4: 'voter' }, members, [])).toEqual([{ type: 'promote', id: 'n4' }]);
});

test('two configurations are in force only where more than one voter comes or goes', () => {
  const joint = (draft: Draft) => isJoint(changes(draft), three);
  expect(joint({ n2: 'out' })).toBe(false);
  expect(joint({ n2: 'out', n4: 'voter' })).toBe(false);
  expect(joint({ n2: 'out', n4: 'voter-now' })).toBe(true);
  expect(joint({ n2: 'out', n3: 'learner' })).toBe(true);
});

import { expect, test } from 'vitest';
import { killed, leading, member, process, three } from '../../../test/fixtures.js';
import { observed } from '../../../test/observed.js';
import type { ClusterView } from '../cluster/cluster-view.js';
import { rollOf } from './roll.js';

const needed = (view: ClusterView) =>
  rollOf(view)
    .filter((entry) => entry.needed)
    .map(({ member }) => member.id);

test('while one voter may be lost nobody is needed', () => {
  expect(needed(observed())).toEqual([]);
});

test('with none to spare each that works is needed, and who is down is not', () => {
  expect(needed(observed({ n3: { process: process('n3', killed) } }))).toEqual(['n1', 'n2']);
});

test('once the quorum is lost nobody can lose it any more', () => {
  const down = { process: process('n3', killed) };
  expect(needed(observed({ n2: { process: process('n2', killed) }, n3: down }))).toEqual([]);
});

test('a learner is on its way, and never needed', () => {
  const members = [...three, member('n4', 'learner')];
  const words = leading('n1', { members, commitIndex: 100 });
  const peers = [...words.peers, { ...words.peers[0]!, id: 'n4', match: 25 }];
  const roll = rollOf(observed({ n1: { words: { ...words, peers } }, n4: {} }));
  expect(roll.at(-1)).toMatchObject({
    part: 'learner',
    needed: false,
    catchUp: { share: 0.25, missing: 75 },
  });
});

test('while two configurations are in force those of the old one are there too', () => {
  const members = [...three.slice(0, 2), member('n4')];
  const words = leading('n1', { members, outgoing: three });
  const roll = rollOf(observed({ n1: { words }, n4: {} }));
  expect(roll.map(({ member, part }) => `${member.id} ${part}`)).toEqual([
    'n1 voter',
    'n2 voter',
    'n4 voter',
    'n3 leaving',
  ]);
});

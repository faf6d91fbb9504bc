import { expect, test } from 'vitest';
import { leading, member, status, three } from '../../../test/fixtures.js';
import { observed } from '../../../test/observed.js';
import type { ClusterView } from '../cluster/cluster-view.js';
import { beliefsOf } from './beliefs.js';

const mistaken = (view: ClusterView, id: string) =>
  beliefsOf(
    view.nodes.find((node) => node.id === id)!,
    view,
  )
    .filter(({ agrees }) => !agrees)
    .map(({ about }) => about);

test('a node that follows the leader believes what the cluster says', () => {
  expect(mistaken(observed(), 'n2')).toEqual([]);
});

test('a deposed leader believes in itself, in a term that is over', () => {
  const deposed = leading('n2', { term: 2 });
  expect(mistaken(observed({ n2: { words: deposed } }), 'n2')).toEqual(['leader', 'term']);
});

test('a node without the newest configuration does not know all voters', () => {
  const members = [...three, member('n4')];
  const words = leading('n1', { members, configurationIndex: 9 });
  expect(mistaken(observed({ n1: { words } }), 'n3')).toEqual(['voters', 'configuration']);
});

test('while nobody leads nothing contradicts a belief in a leader', () => {
  const words = status('n1', { leader: null });
  expect(mistaken(observed({ n1: { words } }), 'n2')).toEqual([]);
});

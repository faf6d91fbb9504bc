import { expect, test } from 'vitest';
import { blank, killed, process } from '../../../test/fixtures.js';
import { observed } from '../../../test/observed.js';
import { en } from '../../i18n/en/index.js';
import type { ClusterView } from '../cluster/cluster-view.js';
import { impactOf, type Disruption } from './impact.js';

function impact(act: Disruption, id: string, view: ClusterView): string {
  const node = view.nodes.find((candidate) => candidate.id === id)!;
  return en.impact.ofNode(impactOf(act, node, view));
}

test('killing one of three leaves a quorum and nothing to spare', () => {
  expect(impact('kill', 'n2', observed())).toBe(
    '2 of 3 voters would be up, 2 needed: writes go on, no other may fail.',
  );
});

test('killing the leader says that another must be elected', () => {
  expect(impact('kill', 'n1', observed())).toMatch(/^n1 leads; another must be elected\. 2 of 3/);
});

test('killing the second of three says that the quorum is lost', () => {
  const view = observed({ n3: { process: process('n3', killed) } });
  expect(impact('kill', 'n2', view)).toContain('quorum is lost, nothing can be written');
});

test('killing what is no voter leaves the quorum alone', () => {
  const view = observed({ n4: { words: blank('n4') } });
  expect(impact('kill', 'n4', view)).toBe('n4 is no voter: the quorum stays as it is.');
});

test('wiping says that the data is gone', () => {
  const view = observed({ n3: { process: process('n3', killed) } });
  expect(impact('wipe', 'n3', view)).toMatch(/^All data of n3 on this machine is deleted/);
});

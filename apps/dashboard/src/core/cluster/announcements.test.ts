import { expect, test } from 'vitest';
import { fault, killed, leading, process, status } from '../../../test/fixtures.js';
import { observed } from '../../../test/observed.js';
import { en } from '../../i18n/en/index.js';
import { say } from '../../i18n/phrases.js';
import type { ClusterView } from './cluster-view.js';
import { announcements } from './announcements.js';

const said = (before: ClusterView, after: ClusterView) =>
  announcements(before, after).map((one) => say(en.cluster.announcements, one));

test('nothing is said while nothing changes', () => {
  expect(said(observed(), observed())).toEqual([]);
});

test('a death, and what it does to the cluster, is said', () => {
  const after = observed({ n3: { process: process('n3', killed) } });
  expect(said(observed(), after)).toEqual([
    'n3 is down (SIGKILL).',
    'At risk: cannot lose another voter.',
  ]);
});

test('a new leader is said once a quorum agrees, not before', () => {
  const claim = {
    n1: { process: process('n1', killed) },
    n2: { words: leading('n2', { term: 4 }) },
  };
  const claimed = observed(claim);
  expect(said(observed(), claimed).join(' ')).not.toContain('leads term');
  const n3 = { words: status('n3', { term: 4, leader: leading('n2').leader }) };
  expect(said(claimed, observed({ ...claim, n3 }))).toContain('n2 leads term 4.');
});

test('faults that begin are said, and that they are over', () => {
  const cut = observed({ n1: { words: leading('n1', { faults: [fault()] }) } });
  expect(said(observed(), cut)).toEqual(['1 fault in force.']);
  expect(said(cut, observed())).toEqual(['No fault is in force any more.']);
});

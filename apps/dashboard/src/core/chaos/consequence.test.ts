import { expect, test } from 'vitest';
import { killed, leading, member, process, status } from '../../../test/fixtures.js';
import { observed, type Seen } from '../../../test/observed.js';
import type { ClusterView } from '../cluster/cluster-view.js';
import { consequenceOf } from './consequence.js';
import { between, cut } from './plan.js';
import { presets, rulesOf, type Preset } from './presets.js';

function five(seen: Record<string, Seen> = {}): ClusterView {
  const members = ['n1', 'n2', 'n3', 'n4', 'n5'].map((id) => member(id));
  const others = members.slice(1).map(({ id }) => [id, { words: status(id, { members }) }]);
  return observed({
    n1: { words: leading('n1', { members }) },
    ...(Object.fromEntries(others) as Record<string, Seen>),
    ...seen,
  });
}

const after = (preset: Preset, view: ClusterView) => consequenceOf(rulesOf(preset, view)!, view);

test('without rules everybody hears everybody, and anyone could lead', () => {
  expect(consequenceOf([], observed())).toEqual({
    sides: [['n1', 'n2', 'n3']],
    ableToLead: ['n1', 'n2', 'n3'],
    quorum: 2,
    leader: 'n1',
    strands: false,
  });
});

test('an isolated leader strands, and the others go on', () => {
  expect(after('isolate-leader', five())).toMatchObject({
    sides: [['n2', 'n3', 'n4', 'n5'], ['n1']],
    ableToLead: ['n2', 'n3', 'n4', 'n5'],
    strands: true,
  });
});

test('a split leaves the leader with the smaller side', () => {
  const { sides, strands } = after('split', five());
  expect(sides).toEqual([
    ['n3', 'n4', 'n5'],
    ['n1', 'n2'],
  ]);
  expect(strands).toBe(true);
});

test('over a bridge all are connected, and the node in the middle hears a quorum of either half', () => {
  const { sides, ableToLead } = after('bridge', five());
  expect(sides).toHaveLength(1);
  expect(ableToLead).toEqual(['n1', 'n2', 'n3', 'n4', 'n5']);
  expect(after('bridge', observed()).ableToLead).toEqual(['n1', 'n2', 'n3']);
});

test('one deaf ear takes a follower away, and no leadership', () => {
  expect(after('deaf-ear', observed())).toMatchObject({
    sides: [['n1', 'n3'], ['n2']],
    ableToLead: ['n1', 'n3'],
    strands: false,
  });
});

test('late messages part nobody', () => {
  expect(after('slow-leader', observed())).toMatchObject({
    ableToLead: ['n1', 'n2', 'n3'],
    strands: false,
  });
});

test('nodes that are down count as gone', () => {
  const view = observed({ n3: { process: process('n3', killed) } });
  expect(consequenceOf(between(['n1'], ['n2'], cut), view)).toMatchObject({
    ableToLead: [],
    strands: true,
  });
});

test('without a leader no preset can be made', () => {
  const view = observed({ n1: { words: status('n1', { leader: null }) } });
  expect(presets.map((preset) => rulesOf(preset, view))).toEqual(presets.map(() => null));
});

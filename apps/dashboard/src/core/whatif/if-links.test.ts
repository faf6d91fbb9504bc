import { test as prop } from '@fast-check/vitest';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { killed, leading, member, process, status } from '../../../test/fixtures.js';
import { observed, type Seen } from '../../../test/observed.js';
import type { ClusterView } from '../cluster/cluster-view.js';
import { between, cut } from '../chaos/plan.js';
import { presets, rulesOf, type Preset } from '../chaos/presets.js';
import { ifLinks } from './if-links.js';

function five(seen: Record<string, Seen> = {}): ClusterView {
  const members = ['n1', 'n2', 'n3', 'n4', 'n5'].map((id) => member(id));
  const others = members.slice(1).map(({ id }) => [id, { words: status(id, { members }) }]);
  return observed({
    n1: { words: leading('n1', { members }) },
    ...(Object.fromEntries(others) as Record<string, Seen>),
    ...seen,
  });
}

const after = (preset: Preset, view: ClusterView) => ifLinks(rulesOf(preset, view)!, view);

test('without rules everybody hears everybody, and anyone could lead', () => {
  const { before, after, ...links } = ifLinks([], observed());
  expect(links).toEqual({
    sides: [['n1', 'n2', 'n3']],
    ableToLead: ['n1', 'n2', 'n3'],
    strands: false,
  });
  expect(after).toEqual(before);
});

test('an isolated leader strands, and the others go on', () => {
  expect(after('isolate-leader', five())).toMatchObject({
    sides: [['n2', 'n3', 'n4', 'n5'], ['n1']],
    ableToLead: ['n2', 'n3', 'n4', 'n5'],
    strands: true,
    after: { leader: null, working: ['n2', 'n3', 'n4', 'n5'], tolerance: 1 },
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
    after: { leader: 'n1', working: ['n1', 'n3'], tolerance: 0 },
  });
});

test('late messages part nobody', () => {
  expect(after('slow-leader', observed())).toMatchObject({
    ableToLead: ['n1', 'n2', 'n3'],
    strands: false,
  });
});

test('a link that flaps cannot be relied on', () => {
  expect(after('flapping-link', observed()).after.working).toEqual(['n1', 'n3']);
});

test('nodes that are down count as gone', () => {
  const view = observed({ n3: { process: process('n3', killed) } });
  expect(ifLinks(between(['n1'], ['n2'], cut), view)).toMatchObject({
    ableToLead: [],
    strands: true,
    after: { leader: null, tolerance: -1 },
  });
});

const ids = ['n1', 'n2', 'n3', 'n4', 'n5'];

prop.prop([fc.subarray(ids, { minLength: 1, maxLength: 4 })])(
  'of two parts that do not hear each other exactly the one with most voters goes on',
  (one) => {
    const other = ids.filter((id) => !one.includes(id));
    const { sides, ableToLead } = ifLinks(between(one, other, cut), five());
    expect(new Set(sides)).toEqual(new Set([one, other]));
    expect(ableToLead).toEqual(one.length > other.length ? one : other);
  },
);

prop.prop([fc.array(fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids)))])(
  'who could lead, and whether the leader strands, by counting the links one by one',
  (pairs) => {
    const rules = pairs
      .filter(([from, to]) => from !== to)
      .map(([from, to]) => ({ from, to, effect: cut }));
    const isCut = (from: string, to: string) =>
      rules.some((rule) => rule.from === from && rule.to === to);
    const able = ids.filter((id) => {
      return ids.filter((other) => !isCut(id, other) && !isCut(other, id)).length >= 3;
    });
    const { ableToLead, strands, after } = ifLinks(rules, five());
    expect(ableToLead).toEqual(able);
    expect(strands).toBe(!able.includes('n1'));
    expect(after.tolerance >= 0).toBe(able.length > 0);
  },
);

test('without a leader no preset can be made', () => {
  const view = observed({ n1: { words: status('n1', { leader: null }) } });
  expect(presets.map((preset) => rulesOf(preset, view))).toEqual(presets.map(() => null));
});

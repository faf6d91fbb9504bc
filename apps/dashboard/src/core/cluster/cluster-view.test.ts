import { expect, test } from 'vitest';
import {
  blank,
  frame,
  killed,
  leading,
  member,
  process,
  status,
  three,
} from '../../../test/fixtures.js';
import { now, observed, observedHistory } from '../../../test/observed.js';
import { faceOf } from './face.js';

const node = (view: ReturnType<typeof observed>, id: string) =>
  view.nodes.find((candidate) => candidate.id === id)!;

test('a killed node is dead at once, although its last word is fresh', () => {
  const view = observed({ n2: { process: process('n2', killed), ageMs: 5 } });
  expect(node(view, 'n2')).toMatchObject({ vitality: 'dead', ageMs: 5, membership: 'voter' });
  expect(faceOf(node(view, 'n2'))).toEqual({ shape: 'dead', word: 'dead' });
});

test('what differs from the leader is marked, on nodes that are up', () => {
  const behind = status('n2', { term: 2, leader: null, commitIndex: 7 });
  const view = observed({ n2: { words: behind } });
  expect(node(view, 'n2').differs).toMatchObject({ term: true, leader: true, behind: 3 });
  expect(node(view, 'n3').differs).toMatchObject({ term: false, leader: false, behind: 0 });
  const down = observed({ n2: { words: behind, process: process('n2', killed) } });
  expect(node(down, 'n2').differs).toMatchObject({ term: false, behind: 0 });
});

test('a follower lags when it has not reached in a second what the leader had committed', () => {
  const history = observedHistory({ n2: { words: status('n2', { commitIndex: 7 }) } });
  const lags = (t: number) => node(history.viewAt(t), 'n2').differs.lagging;
  expect([lags(now), lags(now + 800), lags(now + 900)]).toEqual([false, false, true]);
  history.take({ t: now + 950, kind: 'frame', node: 'n2', frame: frame(status('n2')) });
  expect([lags(now + 940), lags(now + 950)]).toEqual([true, false]);
});

test('who belongs to the cluster is what the leader says', () => {
  const members = [...three.slice(0, 2), member('n4', 'learner')];
  const view = observed({
    n1: { words: leading('n1', { members }) },
    n4: { words: status('n4', { members }) },
    n5: { words: blank('n5') },
    n6: { words: null },
  });
  const memberships = view.nodes.map(({ id, membership }) => [id, membership]);
  expect(Object.fromEntries(memberships)).toEqual({
    n1: 'voter',
    n2: 'voter',
    n3: 'outsider',
    n4: 'learner',
    n5: 'blank',
    n6: 'unknown',
  });
});

test('a voter that is leaving is one until the new configuration is committed', () => {
  const members = three.slice(0, 2);
  const words = leading('n1', { members, outgoing: three, configurationCommitted: false });
  const view = observed({ n1: { words } });
  expect(view.nodes.map(({ membership }) => membership)).toEqual(['voter', 'voter', 'voter']);
});

test('nodes stand in the order of their numbers', () => {
  const view = observed({ n10: { words: null }, n4: { words: null } });
  expect(view.nodes.map(({ id }) => id)).toEqual(['n1', 'n2', 'n3', 'n4', 'n10']);
});

test('a member that the supervisor did not start is listened to at its own address', () => {
  const members = [...three, member('n9')];
  const history = observedHistory({ n1: { words: leading('n1', { members }) } });
  expect(history.listening).toContainEqual({ id: 'n9', url: 'http://127.0.0.1:8008' });
});

test('a node that neither the supervisor nor any member names is forgotten', () => {
  const history = observedHistory({ n4: { words: blank('n4') } });
  const processes = three.map(({ id }) => process(id));
  history.take({ t: now, kind: 'processes', list: { processes } });
  expect(history.viewAt(now).nodes.map(({ id }) => id)).toEqual(['n1', 'n2', 'n3']);
  expect(history.viewAt(now - 1).nodes).toHaveLength(4);
});

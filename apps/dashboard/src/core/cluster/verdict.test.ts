import type { NodeProcess } from '@quorate/contract';
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
import { now, observed } from '../../../test/observed.js';
import { verdictSaid } from '../../../test/said.js';
import { History } from '../history/history.js';

const dead = (id: string) => ({ process: process(id, killed), ageMs: 5_000 });
const none = { leader: null };

test('three voters that agree are healthy, and one more may be lost', () => {
  const verdict = verdictSaid(observed());
  expect(verdict).toMatchObject({
    health: 'healthy',
    headline: 'Healthy: can lose 1 more voter.',
    tolerance: 1,
  });
  expect(verdict.reasons).toContain('n1 leads term 3; 3 of 3 voters agree, 2 needed.');
});

test('a dead follower puts the cluster at risk, and is named with the way it died', () => {
  const verdict = verdictSaid(observed({ n3: dead('n3') }));
  expect(verdict).toMatchObject({
    health: 'at-risk',
    headline: 'At risk: cannot lose another voter.',
    tolerance: 0,
    working: ['n1', 'n2'],
  });
  expect(verdict.reasons[0]).toBe('n3 is down (SIGKILL).');
});

test('a dead leader leaves no leader, at once, and an election due', () => {
  const view = observed({ n1: { ...dead('n1'), words: leading(), ageMs: 50 } });
  const { leadership } = view;
  const verdict = verdictSaid(view);
  expect(leadership.leader).toBeNull();
  expect(verdict.health).toBe('no-leader');
  expect(verdict.headline).toBe('No leader because n1 is down (SIGKILL): an election is due.');
});

test('a candidate is an election under way', () => {
  const verdict = verdictSaid(
    observed({
      n1: dead('n1'),
      n2: { words: status('n2', { ...none, role: 'candidate', term: 4 }) },
      n3: { words: status('n3', { ...none, term: 4 }) },
    }),
  );
  expect(verdict.headline).toMatch(/an election is under way\.$/);
  expect(verdict.reasons).toContain('n2 asks for votes in term 4.');
});

test('too few voters are a lost quorum, whoever claims to lead', () => {
  const verdict = verdictSaid(
    observed({
      n2: dead('n2'),
      n3: { process: process('n3', { state: 'paused' }) },
    }),
  );
  expect(verdict).toMatchObject({
    health: 'quorum-lost',
    headline: 'Quorum lost: 1 of 3 voters up, 2 needed.',
    tolerance: -1,
  });
  expect(verdict.reasons).toEqual([
    'n2 is down (SIGKILL).',
    'n3 is paused.',
    'Nothing can be written until one more voter is back.',
  ]);
});

test('a leader that no quorum reports is not believed', () => {
  const verdict = verdictSaid(
    observed({
      n2: { words: status('n2', { ...none, term: 4 }) },
      n3: { words: status('n3', { ...none, term: 4 }) },
    }),
  );
  expect(verdict.health).toBe('no-leader');
  expect(verdict.headline).toContain('n1 claims to lead');
  expect(verdict.reasons[0]).toBe('n1 leads term 3; 1 of 3 voters agrees, 2 needed.');
});

test('of two that claim to lead the one in the higher term counts', () => {
  const view = observed({
    n2: { words: leading('n2', { term: 4 }) },
    n3: { words: status('n3', { term: 4, leader: leading('n2').leader }) },
  });
  const { leadership } = view;
  const verdict = verdictSaid(view);
  expect(leadership).toMatchObject({ leader: 'n2', confirmed: true, agreeing: ['n2', 'n3'] });
  expect(verdict.reasons).toContain('n1 does not follow n2.');
});

test('a voter that says nothing for two seconds does not count as up', () => {
  expect(observed({ n3: { ageMs: 2_000 } }).verdict.tolerance).toBe(1);
  const verdict = verdictSaid(observed({ n3: { ageMs: 2_001 } }));
  expect(verdict).toMatchObject({ health: 'at-risk', tolerance: 0 });
  expect(verdict.reasons).toContain('n3 is connected but says nothing.');
});

test('a broken disk and an emptied volume are told', () => {
  const verdict = verdictSaid(
    observed({
      n2: { words: status('n2', { storageFault: 'full' }) },
      n3: { words: blank('n3') },
    }),
  );
  expect(verdict.health).toBe('at-risk');
  expect(verdict.reasons).toContain('n2 cannot write to its disk.');
  expect(verdict.reasons).toContain('n3 has an empty volume: join it again.');
});

test('five voters with one down are at risk, and can still lose one', () => {
  const members = ['n1', 'n2', 'n3', 'n4', 'n5'].map((id) => member(id));
  const verdict = verdictSaid(
    observed({
      n1: { words: leading('n1', { members }) },
      n2: { words: status('n2', { members }) },
      n3: { words: status('n3', { members }) },
      n4: { words: status('n4', { members }) },
      n5: { ...dead('n5'), words: status('n5', { members }) },
    }),
  );
  expect(verdict).toMatchObject({
    health: 'at-risk',
    headline: 'At risk: can lose 1 more voter.',
    tolerance: 1,
  });
});

test('one voter alone, and two, can lose nobody', () => {
  const one = { members: three.slice(0, 1) };
  const alone = observed({
    n1: { words: leading('n1', one) },
    n2: { words: blank('n2') },
    n3: { words: blank('n3') },
  });
  expect(verdictSaid(alone).reasons[0]).toMatch(/^One voter alone/);
  expect(verdictSaid(alone).reasons).toContain('n2 is not a member yet.');

  const two = { members: three.slice(0, 2) };
  const pair = observed({
    n1: { words: leading('n1', two) },
    n2: { words: status('n2', two) },
    n3: { words: blank('n3') },
  });
  expect(pair.verdict).toMatchObject({ health: 'at-risk', tolerance: 0 });
});

test('a learner is no voter', () => {
  const members = [...three.slice(0, 2), member('n3', 'learner')];
  const view = observed({
    n1: { words: leading('n1', { members }) },
    n2: { words: status('n2', { members }) },
    n3: { words: status('n3', { members }) },
  });
  const { configuration } = view;
  const verdict = verdictSaid(view);
  expect(configuration).toMatchObject({ voters: ['n1', 'n2'], quorum: 2 });
  expect(verdict.reasons).toContain('n3 is a learner: it becomes a voter once caught up.');
});

test('blank nodes are an empty cluster', () => {
  const verdict = verdictSaid(
    observed({
      n1: { words: blank('n1') },
      n2: { words: blank('n2') },
      n3: { words: blank('n3') },
    }),
  );
  expect(verdict).toMatchObject({ health: 'empty', headline: 'No cluster yet.', tolerance: null });
});

test('before anybody spoke the page is connecting', () => {
  const history = new History();
  const verdict = () => verdictSaid(history.viewAt(now));
  const started = (processes: NodeProcess[]) =>
    history.take({ t: now, kind: 'processes', list: { processes } });
  expect(verdict().health).toBe('connecting');
  history.take({ t: now, kind: 'supervisor', link: 'open' });
  started([process('n1', { state: 'starting' })]);
  expect(verdict().headline).toBe('The nodes are starting…');
  started([]);
  expect(verdict().headline).toBe('No nodes.');
});

test('without the supervisor a node that talks is still believed, and one that does not is not', () => {
  const history = new History();
  const processes = three.map(({ id }) => process(id));
  history.take({ t: now, kind: 'processes', list: { processes } });
  history.take({ t: now, kind: 'supervisor', link: 'closed' });
  expect(history.viewAt(now).verdict.health).toBe('disconnected');
  for (const words of [leading(), status('n2')]) {
    const { id: node } = words;
    history.take({ t: now, kind: 'link', node, link: 'open', problem: null });
    history.take({ t: now, kind: 'frame', node, frame: frame(words) });
  }
  const problem = 'transport close';
  history.take({ t: now, kind: 'link', node: 'n3', link: 'closed', problem });
  const verdict = verdictSaid(history.viewAt(now + 10));
  expect(verdict).toMatchObject({ health: 'at-risk', tolerance: 0 });
  expect(verdict.reasons).toContain('n3 cannot be reached.');
});

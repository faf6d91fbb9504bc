import { expect, test } from 'vitest';
import { leading, member, status, three } from '../../../test/fixtures.js';
import { observed } from '../../../test/observed.js';
import type { Problem } from '../failure.js';
import { type GivenOrder, type Order, stageOf } from './order.js';

const removal: Order = { kind: 'change', changes: [{ type: 'remove', id: 'n3' }] };
const without = three.slice(0, 2);
const seeing = (changes: Parameters<typeof leading>[1]) =>
  observed({ n1: { words: leading('n1', changes) } });

/** Given when configuration 5 was in force. */
function given(order: Order, answer: Partial<GivenOrder> = {}): GivenOrder {
  const open = { answered: false, written: null, problem: null };
  return { key: 1, order, via: 'n1', since: 5, ...open, ...answer };
}

const problem = (outcome: Problem['outcome']): Problem => ({
  asked: 'change',
  code: 'deadline',
  message: 'no answer',
  outcome,
  retryable: true,
  leader: null,
  unreached: null,
});

test('a change is requested until the leader has it in its log', () => {
  expect(stageOf(given(removal), observed())).toEqual({ at: 'requested' });
});

test('it is accepted while the leader has it and has not committed it', () => {
  const view = seeing({ members: without, configurationIndex: 11, configurationCommitted: false });
  expect(stageOf(given(removal), view)).toEqual({ at: 'accepted', index: 11 });
});

test('while two configurations are in force it is accepted, committed or not', () => {
  const members = [...without, member('n4')];
  const changes = [
    { type: 'add', id: 'n4', address: 'a' },
    { type: 'promote', id: 'n4' },
    { type: 'remove', id: 'n3' },
  ] as const;
  const view = seeing({ members, outgoing: three, configurationIndex: 11 });
  const order = given({ kind: 'change', changes });
  expect(stageOf(order, view)).toEqual({ at: 'accepted', index: 11 });
});

test('a change of somebody else is not taken for this one, nor what was so before', () => {
  const members = [...three, member('n4', 'learner')];
  const view = seeing({ members, configurationIndex: 11, configurationCommitted: false });
  expect(stageOf(given(removal), view)).toEqual({ at: 'requested' });
  const before = seeing({ members: without, configurationIndex: 5 });
  expect(stageOf(given(removal), before)).toEqual({ at: 'requested' });
});

test('once it is committed it is told how many members know', () => {
  const told = { members: without, configurationIndex: 11 };
  const view = observed({
    n1: { words: leading('n1', told) },
    n2: { words: status('n2', { ...told, configurationCommitted: false }) },
  });
  const committed = { at: 'committed', index: 11, known: 1, of: 2 };
  expect(stageOf(given(removal, { written: { index: 11, term: 3 } }), view)).toEqual(committed);
  expect(stageOf(given(removal), view)).toEqual(committed);
});

test('a refusal is believed, and an order without an answer by what nodes say', () => {
  const view = seeing({ members: without, configurationIndex: 11 });
  const stage = (outcome: Problem['outcome'], seen = view) =>
    stageOf(given(removal, { answered: true, problem: problem(outcome) }), seen).at;
  expect(stage('not-applied')).toBe('failed');
  expect(stage('unknown')).toBe('committed');
  expect(stage('unknown', observed())).toBe('failed');
});

test('leadership is handed over once a quorum follows the other', () => {
  const order = given({ kind: 'transfer', to: 'n2' });
  expect(stageOf(order, observed())).toEqual({ at: 'requested' });
  const leader = { id: 'n2', address: 'a', url: null };
  const view = observed({
    n1: { words: status('n1', { term: 4, leader }) },
    n2: { words: leading('n2', { term: 4 }) },
    n3: { words: status('n3', { term: 4, leader }) },
  });
  expect(stageOf(order, view)).toEqual({ at: 'handed-over' });
});

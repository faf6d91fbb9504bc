import { expect, test } from 'vitest';
import { leading, member, status, three } from '../../../test/fixtures.js';
import { observed } from '../../../test/observed.js';
import { type Order, stageOf } from './order.js';

const removal: Order = { kind: 'change', changes: [{ type: 'remove', id: 'n3' }] };
const without = three.slice(0, 2);
const seeing = (changes: Parameters<typeof leading>[1]) =>
  observed({ n1: { words: leading('n1', changes) } });

test('a change is requested until the leader has it in its log', () => {
  expect(stageOf(removal, null, observed())).toEqual({ at: 'requested' });
});

test('it is accepted while the leader has it and has not committed it', () => {
  const view = seeing({ members: without, configurationIndex: 11, configurationCommitted: false });
  expect(stageOf(removal, null, view)).toEqual({ at: 'accepted', index: 11 });
});

test('while two configurations are in force it is accepted, committed or not', () => {
  const members = [...without, member('n4')];
  const changes = [
    { type: 'add', id: 'n4', address: 'a' },
    { type: 'promote', id: 'n4' },
    { type: 'remove', id: 'n3' },
  ] as const;
  const view = seeing({ members, outgoing: three, configurationIndex: 11 });
  expect(stageOf({ kind: 'change', changes }, null, view)).toEqual({ at: 'accepted', index: 11 });
});

test('a change of somebody else is not taken for this one', () => {
  const members = [...three, member('n4', 'learner')];
  const view = seeing({ members, configurationIndex: 11, configurationCommitted: false });
  expect(stageOf(removal, null, view)).toEqual({ at: 'requested' });
});

test('once it is committed it is told how many nodes know', () => {
  const told = { members: without, configurationIndex: 11 };
  const view = observed({
    n1: { words: leading('n1', told) },
    n2: { words: status('n2', { ...told, configurationCommitted: false }) },
  });
  expect(stageOf(removal, { index: 11, term: 3 }, view)).toEqual({
    at: 'committed',
    index: 11,
    known: 1,
    of: 3,
  });
});

test('leadership is handed over once a quorum follows the other', () => {
  const order: Order = { kind: 'transfer', to: 'n2' };
  expect(stageOf(order, null, observed())).toEqual({ at: 'requested' });
  const leader = { id: 'n2', address: 'a', url: null };
  const view = observed({
    n1: { words: status('n1', { term: 4, leader }) },
    n2: { words: leading('n2', { term: 4 }) },
    n3: { words: status('n3', { term: 4, leader }) },
  });
  expect(stageOf(order, null, view)).toEqual({ at: 'handed-over' });
});

import { expect, test } from 'vitest';
import { deskSeeing } from '../../test/desk.js';
import { blank, killed, leading, member, process, three } from '../../test/fixtures.js';
import { observed, type Seen } from '../../test/observed.js';

const actionsOf = (node: string, seen: Record<string, Seen> = {}) =>
  deskSeeing(observed(seen)).actions.of(node);
const ids = (node: string, seen: Record<string, Seen> = {}) =>
  actionsOf(node, seen).map(({ id }) => id.replace(`:${node}`, ''));
const grade = (id: string, seen: Record<string, Seen> = {}) =>
  deskSeeing(observed(seen)).actions.find(id)?.confirm?.grade ?? null;

test('a follower can be made to stand for election or to lead, the leader cannot', () => {
  expect(ids('n2')).toEqual(expect.arrayContaining(['election', 'transfer', 'snapshot']));
  expect(ids('n1')).not.toContain('election');
  expect(ids('n1')).not.toContain('transfer');
});

test('a learner can be promoted, and cannot stand for election', () => {
  const members = [...three, member('n4', 'learner')];
  const seen = { n1: { words: leading('n1', { members }) }, n4: {} };
  expect(ids('n4', seen)).toEqual(expect.arrayContaining(['promote', 'remove']));
  expect(ids('n4', seen)).not.toContain('election');
});

test('a member that is down can be wiped and not forgotten, another one both', () => {
  const down = { process: process('n3', killed) };
  expect(ids('n3', { n3: down })).toEqual(expect.arrayContaining(['start', 'wipe']));
  expect(ids('n3', { n3: down })).not.toContain('forget');
  const blankDown = { words: blank('n4'), process: process('n4', killed) };
  expect(ids('n4', { n4: blankDown })).toContain('forget');
});

test('what moves leadership or a vote is looked at first, and what only helps is not', () => {
  expect(grade('transfer:n2')).toBe('dialog');
  expect(grade('election:n2')).toBe('dialog');
  expect(grade('demote:n2')).toBe('dialog');
  expect(grade('snapshot:n2')).toBeNull();
  expect(grade('join:n4', { n4: { words: blank('n4') } })).toBeNull();
});

test('a removal that would cost the quorum has to be typed', () => {
  const down = { process: process('n3', killed) };
  expect(grade('remove:n2', { n3: down })).toBe('typed');
  expect(grade('remove:n3', { n3: down })).toBe('dialog');
});

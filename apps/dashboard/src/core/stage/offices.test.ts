import { expect, test } from 'vitest';
import { status } from '../../../test/fixtures.js';
import { Recorded } from '../../../test/recorded.js';
import { withOffices } from './offices.js';

function offices(told: Recorded, ms: number) {
  const view = withOffices(told.history, told.history.viewAt(told.t(ms)));
  const roles = view.nodes.map((node) => `${node.status?.role} ${node.status?.term}`);
  return { roles, leader: view.leadership.leader, leads: view.nodes.map(({ leads }) => leads) };
}

test('a role is what the last event made it, before a status tells of it', () => {
  const told = new Recorded();
  told.event('n2', 10, 'role-changed', { role: 'candidate', term: 4 });
  told.event('n2', 20, 'role-changed', { role: 'leader', term: 4 });
  expect(offices(told, 9).roles[1]).toBe('follower 3');
  expect(offices(told, 10).roles[1]).toBe('candidate 4');
  expect(offices(told, 20)).toMatchObject({ leader: 'n2', leads: [false, true, false] });
});

test('an event from before the status changes nothing', () => {
  const told = new Recorded();
  told.event('n2', 10, 'role-changed', { role: 'candidate', term: 4 });
  told.frame('n2', 15, status('n2', { term: 5 }));
  expect(offices(told, 20).roles[1]).toBe('follower 5');
});

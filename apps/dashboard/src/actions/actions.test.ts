import { expect, test } from 'vitest';
import { deskSeeing } from '../../test/desk.js';
import { observed } from '../../test/observed.js';
import { now } from '../../test/observed.js';
import { changesCluster } from './action.js';

test('every action has an id of its own', () => {
  const ids = deskSeeing(observed()).actions.all.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('while the page shows the past the cluster cannot be acted upon, and the page can', () => {
  const desk = deskSeeing(observed());
  desk.playhead.seek(now - 5_000);
  for (const action of desk.actions.all) {
    expect([action.id, action.unavailable]).toEqual([
      action.id,
      changesCluster(action) ? 'You are looking at the past: go back to live.' : null,
    ]);
  }
  desk.playhead.live();
  expect(desk.actions.find('kill:n1')?.unavailable).toBeNull();
});

test.each([
  ['kill:n2', 'click'],
  ['kill:n1', 'dialog'],
  ['wipe:n1', undefined],
])('%s of a healthy cluster asks for %s', (id, grade) => {
  expect(deskSeeing(observed()).actions.find(id)?.confirm?.grade).toBe(grade);
});

import { expect, test } from 'vitest';
import { deskSeeing } from '../../test/desk.js';
import { fault, leading } from '../../test/fixtures.js';
import { now, observed } from '../../test/observed.js';
import { deskWithRecording } from '../../test/recording-desk.js';
import { changesCluster } from './action.js';

test('every action has an id of its own', () => {
  const ids = deskSeeing(observed()).actions.all.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('while the page shows the past the cluster cannot be acted upon, and the page can', () => {
  const desk = deskSeeing(observed());
  desk.playhead.seek(now - 5_000);
  for (const action of desk.actions.all.filter(({ inPast }) => !inPast)) {
    expect([action.id, action.unavailable]).toEqual([
      action.id,
      changesCluster(action) ? 'You are looking at the past: go back to live.' : null,
    ]);
  }
  desk.playhead.live();
  expect(desk.actions.find('kill:n1')?.unavailable).toBeNull();
});

test('a fault that is in force now can be healed from the past, and not from a recording', async () => {
  const words = leading('n1', { faults: [fault()] });
  const desk = deskSeeing(observed({ n1: { words } }));
  desk.playhead.seek(now - 5_000);
  for (const id of ['heal-all', 'heal:n1/f1']) {
    expect([id, desk.actions.find(id)?.unavailable]).toEqual([id, null]);
  }
  const recorded = await deskWithRecording();
  expect(recorded.actions.find('heal-all')?.unavailable).toContain(
    'You are looking at a recording',
  );
});

test.each([
  ['kill:n2', 'click'],
  ['kill:n1', 'dialog'],
  ['wipe:n1', undefined],
])('%s of a healthy cluster asks for %s', (id, grade) => {
  expect(deskSeeing(observed()).actions.find(id)?.confirm?.grade).toBe(grade);
});

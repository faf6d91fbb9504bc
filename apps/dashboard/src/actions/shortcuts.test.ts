import { expect, test } from 'vitest';
import { action } from './action.js';
import { actionFor, nodeOf, type KeyPress } from './shortcuts.js';

const named = (id: string, key: string | null) =>
  action({ id, group: 'view', name: id, key, run: () => undefined });
const press = (key: string, changes: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  target: null,
  ...changes,
});
const actions = [named('kill:n1', 'k'), named('other', 'k'), named('mouse only', null)];

test('a key stands for the first action that has it', () => {
  expect(actionFor(press('k'), actions)?.id).toBe('kill:n1');
  expect(actionFor(press('x'), actions)).toBeNull();
});

test("the browser's own chords and a key held down do nothing", () => {
  for (const changes of [
    { ctrlKey: true },
    { metaKey: true },
    { altKey: true },
    { repeat: true },
  ]) {
    expect(actionFor(press('k', changes), actions)).toBeNull();
  }
});

test('while somebody types a key is a letter', () => {
  const target = document.createElement('textarea');
  expect(actionFor(press('k', { target }), actions)).toBeNull();
});

test('a key pressed in the panel of a node is about that node', () => {
  const panel = document.createElement('article');
  panel.dataset.node = 'n2';
  const inside = panel.appendChild(document.createElement('button'));
  expect(nodeOf(inside)).toBe('n2');
  expect(nodeOf(document.body)).toBeNull();
});

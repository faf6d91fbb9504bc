import { expect, test } from 'vitest';
import { action } from './action.js';
import { Keyboard, nodeOf, opensPalette, type KeyPress } from './shortcuts.js';

const named = (id: string, key: string | null) =>
  action({ id, group: 'view', name: id, key, run: () => undefined });
const press = (key: string, changes: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  repeat: false,
  target: null,
  ...changes,
});
const actionFor = (one: KeyPress) => new Keyboard().press(one, actions, 0);
const actions = [
  named('kill:n1', 'k'),
  named('other', 'k'),
  named('mouse only', null),
  named('page', 'g o'),
  named('play', 'Space'),
  named('help', '?'),
];

test('a key stands for the first action that has it', () => {
  expect(actionFor(press('k'))?.id).toBe('kill:n1');
  expect(actionFor(press('x'))).toBeNull();
});

test('caps lock changes nothing, and with the shift key a letter is another key', () => {
  expect(actionFor(press('K'))?.id).toBe('kill:n1');
  expect(actionFor(press('K', { shiftKey: true }))).toBeNull();
  expect(actionFor(press('k', { shiftKey: true }))).toBeNull();
  expect(actionFor(press('?', { shiftKey: true }))?.id).toBe('help');
});

test('Ctrl+K or ⌘K opens the palette, with caps lock too', () => {
  expect(opensPalette(press('k', { ctrlKey: true }))).toBe(true);
  expect(opensPalette(press('K', { metaKey: true }))).toBe(true);
  expect(opensPalette(press('K', { ctrlKey: true, shiftKey: true }))).toBe(false);
  expect(opensPalette(press('k'))).toBe(false);
});

test("the browser's own chords and a key held down do nothing", () => {
  for (const changes of [
    { ctrlKey: true },
    { metaKey: true },
    { altKey: true },
    { repeat: true },
  ]) {
    expect(actionFor(press('k', changes))).toBeNull();
  }
});

test('the space bar acts, but on a button it is a click', () => {
  expect(actionFor(press(' '))?.id).toBe('play');
  const target = document.createElement('button');
  expect(actionFor(press(' ', { target }))).toBeNull();
});

test('while somebody types a key is a letter', () => {
  const target = document.createElement('textarea');
  expect(actionFor(press('k', { target }))).toBeNull();
});

test('a key pressed in the panel of a node is about that node', () => {
  const panel = document.createElement('article');
  panel.dataset.node = 'n2';
  const inside = panel.appendChild(document.createElement('button'));
  expect(nodeOf(inside)).toBe('n2');
  expect(nodeOf(document.body)).toBeNull();
});

test('two keys after each other are one shortcut, if the second comes soon', () => {
  const keyboard = new Keyboard();
  const at = (key: string, now: number) => keyboard.press(press(key), actions, now)?.id ?? null;
  expect([at('g', 0), at('o', 1_000)]).toEqual([null, 'page']);
  expect([at('g', 2_000), at('o', 4_000)]).toEqual([null, null]);
  expect([at('g', 5_000), at('k', 5_100), at('k', 5_200)]).toEqual([null, null, 'kill:n1']);
});

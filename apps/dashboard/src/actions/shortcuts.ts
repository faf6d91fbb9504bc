import type { Action } from './action.js';

/** What a key press tells of itself. A `KeyboardEvent` is one. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly repeat: boolean;
  readonly target: EventTarget | null;
}

/** The node whose panel a key press happened in; null outside of all. */
export function nodeOf(target: EventTarget | null): string | null {
  const panel = target instanceof Element ? target.closest('[data-node]') : null;
  return panel?.getAttribute('data-node') ?? null;
}

/** The action that a key stands for, the first that fits; none while somebody types. */
export function actionFor(press: KeyPress, actions: readonly Action[]): Action | null {
  if (press.ctrlKey || press.metaKey || press.altKey || press.repeat) return null;
  if (isTyping(press.target)) return null;
  // On a button the space bar is a click.
  if (press.key === ' ' && isPressed(press.target)) return null;
  const key = press.key === ' ' ? 'Space' : press.key;
  return actions.find((action) => action.key === key) ?? null;
}

function isPressed(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, summary, [role="button"]') !== null;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, [contenteditable]') !== null
  );
}

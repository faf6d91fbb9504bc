import type { Action } from './action.js';

/** What a key press tells of itself. A `KeyboardEvent` is one. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly repeat: boolean;
  readonly target: EventTarget | null;
}

/** The node whose panel a key press happened in; null outside of all. */
export function nodeOf(target: EventTarget | null): string | null {
  const panel = target instanceof Element ? target.closest('[data-node]') : null;
  return panel?.getAttribute('data-node') ?? null;
}

/** Ctrl+K, or ⌘K: it opens the palette even while somebody types. */
export function opensPalette(press: KeyPress): boolean {
  const { ctrlKey, metaKey, altKey } = press;
  return (ctrlKey || metaKey) && !altKey && keyOf(press) === 'k';
}

/** Of letters the shift key decides, whatever caps lock makes of them. */
function keyOf({ key, shiftKey }: KeyPress): string {
  if (key === ' ') return 'Space';
  if (key.length > 1) return key;
  return shiftKey ? key.toUpperCase() : key.toLowerCase();
}

/** The second key of two has to come within this time, ms. */
const chordMs = 1_500;

/** Follows the keys: an action has one, or two after each other, as `g o`. */
export class Keyboard {
  #first: { readonly key: string; readonly at: number } | null = null;

  /** The action that a key stands for, the first that fits; none while somebody types. */
  press(press: KeyPress, actions: readonly Action[], now: number): Action | null {
    if (press.ctrlKey || press.metaKey || press.altKey || press.repeat) return null;
    if (isTyping(press.target)) return null;
    // On a button the space bar is a click.
    if (press.key === ' ' && isPressed(press.target)) return null;
    const key = keyOf(press);
    const first = this.#first && now - this.#first.at < chordMs ? this.#first.key : null;
    this.#first = null;
    const keys = first === null ? key : `${first} ${key}`;
    const found = actions.find((action) => action.key === keys) ?? null;
    const begins = first === null && actions.some((one) => one.key?.startsWith(`${key} `));
    if (!found && begins) this.#first = { key, at: now };
    return found;
  }
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

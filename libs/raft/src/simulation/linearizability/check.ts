import type { Operation } from './operation.js';
import { search } from './search.js';

const defaultMaxStates = 200_000;

export type Judgement =
  | { readonly verdict: 'linearizable' }
  /** There were too many orders to try. It proves nothing, and must be said. */
  | { readonly verdict: 'undetermined'; readonly key: number }
  | {
      readonly verdict: 'violated';
      readonly key: number;
      /**
       * The history of the key up to the first answer that fits no order of effects: without that
       * answer, which is the last that was given, all could have been well.
       */
      readonly witness: readonly Operation[];
    };

/**
 * Judges what clients saw of keys that each start with nothing (Herlihy & Wing 1990). Keys are judged
 * one by one: a history is linearizable exactly if the history of each is.
 *
 * @param maxStates of each key, what is tried at most
 */
export function checkHistory(
  operations: readonly Operation[],
  maxStates = defaultMaxStates,
): Judgement {
  let undetermined: Judgement | null = null;
  for (const [key, all] of byKey(operations)) {
    const history = withoutTraceless(all);
    const verdict = search(history, maxStates);
    if (verdict === 'violated') {
      return { verdict, key, witness: shortestViolation(history, maxStates) };
    }
    if (verdict === 'undetermined') undetermined = { verdict, key };
  }
  return undetermined ?? { verdict: 'linearizable' };
}

function byKey(operations: readonly Operation[]): Map<number, Operation[]> {
  const keys = new Map<number, Operation[]>();
  for (const operation of operations) {
    const history = keys.get(operation.key);
    if (history === undefined) keys.set(operation.key, [operation]);
    else history.push(operation);
  }
  return keys;
}

/**
 * Leaves out what cannot matter: a read that never ended, and a write that never ended whose value
 * nobody has seen nor asked for. Where such a write took effect, whatever came next saw nothing of
 * the state, so it may as well not have: where it stands, the state before it would do.
 */
function withoutTraceless(history: readonly Operation[]): readonly Operation[] {
  if (history.some(({ seen, ended }) => ended !== null && seen === undefined)) {
    return history.filter(({ action, ended }) => ended !== null || action.type !== 'get');
  }
  const traces = new Set<unknown>();
  for (const { seen, action } of history) {
    traces.add(seen);
    if (action.type === 'compare-and-set') traces.add(action.expected);
  }
  return history.filter(({ action, ended }) => {
    if (ended !== null) return true;
    if (action.type === 'get') return false;
    return action.type === 'remove' || traces.has(action.value);
  });
}

/** Every part of a linearizable history, from its start on, is linearizable: so the place is found by halves. */
function shortestViolation(history: readonly Operation[], maxStates: number): readonly Operation[] {
  const ends = history.flatMap(({ ended }) => ended ?? []).sort((a, b) => a - b);
  let good = 0;
  let bad = ends.length;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    const verdict = search(upTo(history, ends[middle - 1] ?? Infinity), maxStates);
    if (verdict === 'violated') bad = middle;
    else good = middle;
  }
  return upTo(history, ends[bad - 1] ?? Infinity);
}

/** What was known at this moment. */
function upTo(history: readonly Operation[], at: number): readonly Operation[] {
  return history
    .filter(({ begun }) => begun <= at)
    .map((operation) =>
      operation.ended !== null && operation.ended > at
        ? { ...operation, ended: null, seen: undefined }
        : operation,
    );
}

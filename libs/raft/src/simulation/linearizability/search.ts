import { after, type Operation, type Value } from './operation.js';
import { VisitedStates } from './visited-states.js';

export type Verdict = 'linearizable' | 'violated' | 'undetermined';

/** A beginning or an end of an operation, in a list that is ordered by time. */
interface Event {
  readonly operation: number;
  /** Where the operation ends; null for an end itself. */
  readonly end: Event | null;
  before: Event | null;
  next: Event | null;
}

interface Chosen {
  readonly begin: Event;
  readonly stateBefore: Value;
}

/**
 * Whether there is an order in which these operations on one key could have taken effect one by one,
 * each between its beginning and its end (Wing & Gong 1993; with Lowe's memory of what was tried,
 * 2017). One that has no end may take effect at any time, or never: that is the same as last of all.
 *
 * @param maxStates what is tried at most, beyond which it is `undetermined`
 */
export function search(operations: readonly Operation[], maxStates: number): Verdict {
  const first: Event = { operation: -1, end: null, before: null, next: null };
  link(first, operations);
  const visited = new VisitedStates(operations.length);
  const chosen: Chosen[] = [];
  let missing = operations.filter(({ ended }) => ended !== null).length;
  let state: Value = null;
  let event = first.next;
  while (missing > 0 && event !== null) {
    const operation = operations[event.operation];
    if (operation === undefined) throw new RangeError('an event of no operation');
    if (event.end !== null) {
      const stateAfter = after(state, operation);
      if (stateAfter !== undefined && visited.add(event.operation, stateAfter)) {
        if (visited.size > maxStates) return 'undetermined';
        chosen.push({ begin: event, stateBefore: state });
        state = stateAfter;
        if (operation.ended !== null) missing--;
        takeOut(event);
        event = first.next;
      } else event = event.next;
    } else {
      // This operation has ended, so it must have taken effect by now: one chosen earlier was wrong.
      const last = chosen.pop();
      if (last === undefined) return 'violated';
      state = last.stateBefore;
      visited.leave(last.begin.operation);
      if (operations[last.begin.operation]?.ended !== null) missing++;
      putBack(last.begin);
      event = last.begin.next;
    }
  }
  return 'linearizable';
}

function link(first: Event, operations: readonly Operation[]): void {
  const events = operations.flatMap(({ begun, ended }, operation) => {
    const end: Event = { operation, end: null, before: null, next: null };
    const begin: Event = { operation, end, before: null, next: null };
    return [
      { at: begun, event: begin },
      { at: ended ?? Infinity, event: end },
    ];
  });
  events.sort((a, b) => (a.at === b.at ? 0 : a.at - b.at));
  let last = first;
  for (const { event } of events) {
    last.next = event;
    event.before = last;
    last = event;
  }
}

/** The operation has taken effect: nothing of it is left in the list. */
function takeOut(begin: Event): void {
  unlink(begin);
  if (begin.end !== null) unlink(begin.end);
}

function unlink(event: Event): void {
  if (event.before !== null) event.before.next = event.next;
  if (event.next !== null) event.next.before = event.before;
}

/** Undoes `takeOut`, the latest one first. */
function putBack(begin: Event): void {
  if (begin.end !== null) relink(begin.end);
  relink(begin);
}

function relink(event: Event): void {
  if (event.before !== null) event.before.next = event;
  if (event.next !== null) event.next.before = event;
}

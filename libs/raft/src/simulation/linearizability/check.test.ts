import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { checkHistory } from './check.js';
import { type Action, after, describeOperation, type Operation, type Value } from './operation.js';

/** A call from one moment to another; without an end when nobody knows what became of it. */
function call(begun: number, ended: number | null, action: Action, seen?: Value): Operation {
  return { key: 1, begun, ended, action, seen: ended === null ? undefined : seen };
}

const get: Action = { type: 'get' };
const remove: Action = { type: 'remove' };
const set = (value: number): Action => ({ type: 'set', value });
const swap = (expected: Value, value: number): Action => ({
  type: 'compare-and-set',
  expected,
  value,
});

function verdict(...operations: Operation[]): string {
  return checkHistory(operations).verdict;
}

describe('accepts as linearizable', () => {
  test('nothing at all', () => {
    expect(verdict()).toBe('linearizable');
  });

  test('calls one after the other, each seeing the one before', () => {
    expect(
      verdict(
        call(1, 2, set(7), null),
        call(3, 4, get, 7),
        call(5, 6, swap(7, 8), 7),
        call(7, 8, swap(7, 9), 8),
        call(9, 10, remove, 8),
        call(11, 12, get, null),
      ),
    ).toBe('linearizable');
  });

  test('a read beside a write that sees it, and one that does not', () => {
    expect(verdict(call(1, 10, set(7)), call(2, 3, get, null), call(4, 5, get, 7))).toBe(
      'linearizable',
    );
  });

  test('a write of unknown outcome that took effect, even much later', () => {
    expect(verdict(call(1, null, set(7)), call(2, 3, get, null), call(9, 10, get, 7))).toBe(
      'linearizable',
    );
  });

  test('a write of unknown outcome that never took effect', () => {
    expect(verdict(call(1, null, set(7)), call(2, 3, get, null), call(9, 10, get, null))).toBe(
      'linearizable',
    );
  });

  test('each key for itself', () => {
    const other = { ...call(1, 2, set(7), null), key: 2 };
    expect(verdict(other, call(3, 4, get, null))).toBe('linearizable');
  });
});

describe('finds', () => {
  test('a stale read', () => {
    expect(verdict(call(1, 2, set(7), null), call(3, 4, get, null))).toBe('violated');
  });

  test('a lost update', () => {
    expect(verdict(call(1, 4, swap(null, 7), null), call(2, 5, swap(null, 8), null))).toBe(
      'violated',
    );
  });

  test('writes that two readers saw in different orders', () => {
    expect(
      verdict(
        call(1, 20, set(7)),
        call(2, 21, set(8)),
        call(3, 4, get, 7),
        call(5, 6, get, 8),
        call(7, 8, get, 7),
      ),
    ).toBe('violated');
  });

  test('a write that took effect before it began', () => {
    expect(verdict(call(1, 2, get, 7), call(3, 4, set(7), null))).toBe('violated');
  });

  test('a write of unknown outcome that was seen and then unseen', () => {
    expect(verdict(call(1, null, set(7)), call(2, 3, get, 7), call(4, 5, get, null))).toBe(
      'violated',
    );
  });

  test('a write of unknown outcome that took effect twice', () => {
    expect(
      verdict(call(1, null, set(7)), call(2, 3, get, 7), call(4, 5, remove, 7), call(6, 7, get, 7)),
    ).toBe('violated');
  });

  test('a value that nobody wrote', () => {
    expect(verdict(call(1, 2, get, 7))).toBe('violated');
  });
});

test('a violation is told with the history up to the answer that cannot be', () => {
  const judgement = checkHistory([
    call(1, 2, set(7), null),
    call(3, 4, get, 7),
    call(5, 9, set(8), 7),
    call(6, 7, get, null),
    call(10, 11, get, 8),
  ]);
  expect(judgement).toMatchObject({ verdict: 'violated', key: 1 });
  const witness = judgement.verdict === 'violated' ? judgement.witness : [];
  expect(witness.map(describeOperation)).toEqual([
    '[1 to 2] key 1: set 7, saw nothing',
    '[3 to 4] key 1: get, saw 7',
    '[5 to ?] key 1: set 8',
    '[6 to 7] key 1: get, saw nothing',
  ]);
});

test('what would take too long is undetermined, which is neither good nor bad', () => {
  const writes = Array.from({ length: 12 }, (_, i) => call(i, 100 + i, set(i)));
  const history = [...writes, call(200, 201, get, 99)];
  expect(checkHistory(history, 1000)).toEqual({ verdict: 'undetermined', key: 1 });
  expect(checkHistory(history).verdict).toBe('violated');
});

/** Every order that time allows, one by one. */
function isLinearizable(operations: readonly Operation[], state: Value = null): boolean {
  if (operations.every(({ ended }) => ended === null)) return true;
  const firstEnd = Math.min(...operations.map(({ ended }) => ended ?? Infinity));
  return operations.some((operation) => {
    if (operation.begun > firstEnd) return false;
    const next = after(state, operation);
    const others = operations.filter((other) => other !== operation);
    return next !== undefined && isLinearizable(others, next);
  });
}

const value = fc.constantFrom(1, 2, 3);
const valueOrNot = fc.constantFrom(null, 1, 2, 3);
const action = fc.oneof<fc.Arbitrary<Action>[]>(
  fc.constant(get),
  fc.constant(remove),
  fc.record({ type: fc.constant('set' as const), value }),
  fc.record({ type: fc.constant('compare-and-set' as const), expected: valueOrNot, value }),
);
const timed = fc.record({
  action,
  begun: fc.nat(20),
  lasts: fc.option(fc.integer({ min: 1, max: 8 }), { freq: 4 }),
  seen: fc.option(valueOrNot, { nil: undefined, freq: 6 }),
});

property.prop([fc.array(timed, { maxLength: 6 })], { numRuns: 5000 })(
  'it says of small histories what trying every order says',
  (calls) => {
    const history = calls.map(({ action, begun, lasts, seen }, i) =>
      // No two events at one time.
      call(begun * 100 + i, lasts === null ? null : (begun + lasts) * 100 + 50 + i, action, seen),
    );
    expect(checkHistory(history).verdict).toBe(
      isLinearizable(history) ? 'linearizable' : 'violated',
    );
  },
);

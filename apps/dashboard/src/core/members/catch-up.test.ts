import type { Progress } from '@quorate/contract';
import { expect, test } from 'vitest';
import { catchUpOf } from './catch-up.js';

const progress = (changes: Partial<Progress>): Progress => ({
  id: 'n4',
  state: 'replicate',
  match: 0,
  next: 1,
  inflight: 0,
  snapshot: null,
  lastContactMs: 5,
  ...changes,
});

test('a follower is as far as it matches what is committed', () => {
  expect(catchUpOf(progress({ match: 25 }), 100)).toEqual({
    by: 'entries',
    share: 0.25,
    missing: 75,
  });
});

test('entries that it has beyond what is committed are no more than all of it', () => {
  expect(catchUpOf(progress({ match: 120 }), 100)).toMatchObject({ share: 1, missing: 0 });
  expect(catchUpOf(progress({}), 0)).toMatchObject({ share: 1, missing: 0 });
});

test('while a snapshot is on its way, its bytes count', () => {
  const snapshot = { index: 90, receivedBytes: 300, bytes: 400 };
  const catchUp = catchUpOf(progress({ state: 'snapshot', snapshot }), 100);
  expect(catchUp).toEqual({ by: 'snapshot', share: 0.75, missing: 100 });
});

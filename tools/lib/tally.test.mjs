import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Tally } from './tally.mjs';

function counted(...lines) {
  const count = new Tally();
  for (const line of lines) count.read(line);
  return [count.passed, count.failed];
}

test('counts the tests of Vitest, not its files', () => {
  assert.deepEqual(
    counted(' Test Files  1 failed | 9 passed (10)', '      Tests  2 failed | 74 passed (76)'),
    [74, 2],
  );
  assert.deepEqual(
    counted('\u001b[2m      Tests \u001b[22m \u001b[32m6 passed\u001b[39m (6)'),
    [6, 0],
  );
  assert.deepEqual(counted('      Tests  3 passed | 1 skipped (4)'), [3, 0]);
});

test("counts Playwright's and Node's tests", () => {
  assert.deepEqual(
    counted('  1 failed', '    [chromium] › a.spec.ts', '  7 passed (30.1s)'),
    [7, 1],
  );
  assert.deepEqual(counted('ℹ tests 5', 'ℹ pass 4', 'ℹ fail 1'), [4, 1]);
});

test('counts nothing else', () => {
  assert.deepEqual(
    counted('3 passed the post, 2 failed to', 'Tests are good', '5 passed, 1 failed'),
    [0, 0],
  );
});

import { expect, test } from 'vitest';
import { de } from '../i18n/de/index.js';
import { en } from '../i18n/en/index.js';
import { type Asked, problemOf, RequestFailure } from './failure.js';

test('a failure says whether a change may have happened, and what helps', () => {
  const body = { code: 'no-leader', message: 'No leader', retryable: true, leader: null };
  const said = (outcome: 'unknown' | 'not-applied', asked: Asked) =>
    en.failure.explain(problemOf(new RequestFailure(503, { ...body, outcome }), asked));
  expect(said('not-applied', 'change')).toBe(
    'No leader. Nothing was changed. Trying again may help.',
  );
  expect(said('unknown', 'change')).toContain('It may have happened or not');
  expect(said('unknown', 'read')).toBe('No leader. Trying again may help.');
});

test('what a node has said itself is not said again', () => {
  const message = 'n3 knows no leader. Try again. Nothing was changed.';
  const body = { code: 'no-leader', message, retryable: false, leader: null } as const;
  const refusal = new RequestFailure(503, { ...body, outcome: 'not-applied' });
  expect(en.failure.explain(problemOf(refusal, 'change'))).toBe(message);
});

test("this page's own trouble says nothing of what it never asked for", () => {
  expect(en.failure.explain(problemOf(new Error('n9 was started'), 'change'))).toBe(
    'n9 was started.',
  );
});

test('whoever was asked in vain is named by the address, in every language', () => {
  const message = 'n1 cannot be reached at http://localhost:8000.';
  const body = { code: 'unreachable', message, outcome: 'unknown', retryable: true } as const;
  const failure = new RequestFailure(
    null,
    { ...body, leader: null },
    { unreached: 'http://localhost:8000' },
  );
  for (const { failure: words } of [en, de]) {
    expect(words.explain(problemOf(failure, 'read'))).toContain('http://localhost:8000');
  }
});

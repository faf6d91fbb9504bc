import { render, screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { around, deskSeeing } from '../../../test/desk.js';
import { frame, status } from '../../../test/fixtures.js';
import { now, observedHistory } from '../../../test/observed.js';
import WriteLife from './WriteLife.svelte';

const clock = { machine: 'traced', origin: 0 };

/** The life of a write that was asked for at `now`, as it is shown so many ms later. */
function show(afterMs: number, answeredMs: number | null = null): void {
  const history = observedHistory();
  const words = frame(status('n3', { commitIndex: 10, appliedIndex: 10 }), 'run-n3');
  history.take({ t: now, kind: 'frame', node: 'n3', frame: { ...words, time: now, clock } });
  const placed = { kind: 'placed', at: 2, trace: 'w1', index: 11, term: 3 } as const;
  const batch = { run: 'run-n3', dropped: 0, records: [placed] };
  history.take({ t: now + 3, kind: 'trace', node: 'n3', batch });
  const desk = deskSeeing(history.viewAt(now + afterMs));
  Object.defineProperty(desk.cluster, 'history', { get: () => history });
  const answered = answeredMs === null ? null : { index: 11, term: 3, at: now + answeredMs };
  const write = { trace: 'w1', askedAt: now, answered };
  render(WriteLife, { props: { write }, context: around(desk) });
}

const says = () =>
  screen
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent.trim().replaceAll(/\s+/g, ' '));

test('a write that is only placed is accepted, and everything else is said to be open', () => {
  show(100);
  expect(says()).toEqual([
    'requested',
    'accepted at 11, term 3 +2.0 ms',
    'not committed yet',
    'applied on 0 of 3',
  ]);
});

test('an answer commits it, and who has applied it is counted by what the nodes say', () => {
  show(100, 9);
  expect(says()).toContain('committed +9.0 ms');
  expect(says()).toContain('applied on 0 of 3');
});

test('a write that stays where it is makes one ask why', () => {
  show(5_000);
  const link = screen.getByRole('link', { name: 'Why is entry 11 pending?' });
  expect(link.getAttribute('href')).toContain('why=pending%3A11');
});

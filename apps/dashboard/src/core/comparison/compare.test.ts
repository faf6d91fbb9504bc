import { expect, test } from 'vitest';
import { blank, frame, killed, leading, process, status } from '../../../test/fixtures.js';
import { now, observed, observedHistory, type Seen } from '../../../test/observed.js';
import { compare, onlyVaried, type ComparedRow } from './compare.js';
import type { RowId } from './sections.js';
import { subjectsOf } from './subject.js';

function compared(seen: Record<string, Seen> = {}) {
  return compare(subjectsOf(observed(seen), () => null));
}

function row(id: RowId, seen: Record<string, Seen> = {}): ComparedRow {
  return compared(seen)
    .flatMap(({ rows }) => rows)
    .find((one) => one.id === id)!;
}

const values = ({ cells }: ComparedRow) => cells.map(({ figure }) => figure?.value ?? null);
const odd = ({ cells }: ComparedRow) => cells.filter((cell) => cell.odd).map(({ node }) => node);

test('in a healthy cluster nothing differs, whatever each node has of its own', () => {
  expect(onlyVaried(compared())).toEqual([]);
  expect(values(row('vote'))).toEqual(['n1', 'n1', 'n1']);
  expect(values(row('pid'))).toEqual([4000, 4001, 4002]);
  expect(values(row('voters'))).toEqual(Array(3).fill('n1, n2, n3'));
});

test('who says something else than the leader stands out, and so does the row', () => {
  const term = row('term', { n2: { words: status('n2', { term: 4 }) } });
  expect(term.varied).toBe(true);
  expect(odd(term)).toEqual(['n2']);
});

test('entries on their way make a number differ, and only a node that lags odd', () => {
  const behind = { words: status('n2', { commitIndex: 7 }) };
  const lagging = row('commitIndex', { n1: { words: leading(), ageMs: 1_500 }, n2: behind });
  expect(lagging.cells[1]).toMatchObject({ by: -3, odd: true });

  // The leader got there a moment ago: n2 has not had the time.
  const before = { words: leading('n1', { commitIndex: 7 }), ageMs: 1_500 };
  const history = observedHistory({ n1: before, n2: behind });
  history.take({ t: now - 50, kind: 'frame', node: 'n1', frame: frame(leading()) });
  const rows = compare(subjectsOf(history.viewAt(now), () => null)).flatMap((one) => one.rows);
  const onTheWay = rows.find(({ id }) => id === 'commitIndex')!;
  expect(onTheWay.cells[1]).toMatchObject({ by: -3, differs: true, odd: false });
});

test('the last words of a silent node are old: they are shown and not compared', () => {
  const words = status('n2', { term: 2 });
  const term = row('term', { n2: { words, process: process('n2', killed), ageMs: 9_000 } });
  expect(values(term)).toEqual([3, 2, 3]);
  expect(term.varied).toBe(false);
});

test('a blank node has nothing to compare', () => {
  expect(onlyVaried(compared({ n4: { words: blank('n4') } }))).toEqual([]);
});

test('without a leader a row still tells that nodes differ, and nobody is the one who does', () => {
  const term = row('term', { n1: { words: status('n1', { term: 5 }) } });
  expect(term.varied).toBe(true);
  expect(odd(term)).toEqual([]);
});

test('what the leader knows of the others stands in their columns', () => {
  expect(values(row('match'))).toEqual([null, 10, 10]);
});

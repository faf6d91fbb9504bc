import { expect, test } from 'vitest';
import { frame, leading, status } from '../../../test/fixtures.js';
import { sample } from '../../../test/heard.js';
import { History } from '../history/history.js';
import { csvOf, curvesOf, summariesOf, timesOf } from './curves.js';
import { figureOf, measures } from './measures.js';

const asked = { quantile: 'p99', message: null } as const;

function sampled(node: string, ...rates: [t: number, rate: number][]): History {
  const history = new History();
  for (const [t, rate] of rates) {
    const { log } = sample();
    history.take({
      t,
      kind: 'metrics',
      node,
      sample: sample({ log: { ...log, committed: rate } }),
    });
  }
  return history;
}

test('a span is parted at whole seconds, into at most so many', () => {
  expect(timesOf({ from: 900, to: 4_100 }, 300)).toEqual([1_000, 2_000, 3_000, 4_000]);
  expect(timesOf({ from: 0, to: 600_000 }, 300)).toHaveLength(301);
  expect(timesOf({ from: 0, to: 600_001 }, 300).slice(0, 2)).toEqual([0, 3_000]);
});

test('a figure is the latest one since the time before, and none where none came', () => {
  const history = sampled('n1', [900, 5], [1_950, 7], [5_900, 9]);
  const { byNode } = curvesOf(
    history,
    'committed',
    ['n1', 'n2'],
    [1_000, 2_000, 3_000, 4_000, 6_000],
    asked,
  );
  expect(byNode.get('n1')).toEqual([5, 7, 7, null, 9]);
  expect(byNode.get('n2')).toEqual([null, null, null, null, null]);
});

test('a node lags by what others know to be committed and it does not', () => {
  const history = new History();
  history.take({
    t: 1_000,
    kind: 'frame',
    node: 'n1',
    frame: frame(leading('n1', { commitIndex: 12 })),
  });
  history.take({
    t: 1_000,
    kind: 'frame',
    node: 'n2',
    frame: frame(status('n2', { commitIndex: 9 })),
  });
  const { byNode } = curvesOf(history, 'lag', ['n1', 'n2'], [1_500, 9_000], asked);
  expect([byNode.get('n1'), byNode.get('n2')]).toEqual([
    [0, null],
    [3, null],
  ]);
});

test('every measure has a figure in a sample', () => {
  for (const measure of measures) {
    if (measure === 'lag') continue;
    expect([measure, typeof figureOf(measure, sample(), asked)]).toEqual([measure, 'number']);
  }
});

test('messages can be counted by type', () => {
  const sent = sample({ sent: { heartbeat: 3, 'append-request': 4 } });
  expect(figureOf('sent', sent, asked)).toBe(7);
  expect(figureOf('sent', sent, { ...asked, message: 'heartbeat' })).toBe(3);
  expect(figureOf('sent', sent, { ...asked, message: 'vote-request' })).toBe(0);
});

test('a curve is told in figures, and written as CSV', () => {
  const curves = {
    times: [0, 1_000],
    byNode: new Map([
      ['n1', [3, null]],
      ['n2', [1, 2]],
    ]),
  };
  expect(summariesOf(curves)).toEqual([
    { node: 'n1', last: 3, lowest: 3, median: 3, highest: 3 },
    { node: 'n2', last: 2, lowest: 1, median: 1, highest: 2 },
  ]);
  expect(csvOf(new Map([['lag', curves]]))).toBe(
    'time,lag n1,lag n2\r\n1970-01-01T00:00:00.000Z,3,1\r\n1970-01-01T00:00:01.000Z,,2\r\n',
  );
});

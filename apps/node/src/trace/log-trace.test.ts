import type { TraceRecord } from '@quorate/contract';
import type { LogWrite } from '@quorate/raft';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LogTrace } from './log-trace.js';

let told: TraceRecord[];
let trace: LogTrace;

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  trace = new LogTrace((record) => told.push(record));
});
afterEach(() => vi.useRealTimers());

function write(from: number, terms: readonly number[], base: LogWrite['base'] = null): LogWrite {
  const data = new Uint8Array(0);
  const entries = terms.map((term, at) => {
    return { index: from + at, term, type: 'command', data } as const;
  });
  return { id: 1, hardState: null, base, commit: 0, entries };
}

const marksAt = (last: number) => ({ last, durable: 0, commit: 0, applied: 0 });
const runs = () => told.flatMap((record) => (record.kind === 'log' ? record.runs : []));

it('tells at once what is written and how far the node is, the log first', () => {
  trace.wrote(write(1, [1, 1, 2]));
  trace.moved(marksAt(3));
  expect(told).toMatchObject([
    {
      kind: 'log',
      whole: false,
      runs: [
        [1, 2, 1],
        [3, 3, 2],
      ],
    },
    { kind: 'mark', last: 3 },
  ]);
});

it('tells much together, and the last of it always', () => {
  for (let last = 1; last <= 500; last++) {
    trace.wrote(write(last, [1]));
    trace.moved(marksAt(last));
  }
  expect(told.length).toBeLessThan(200);
  vi.advanceTimersByTime(4);
  expect(told.at(-1)).toMatchObject({ kind: 'mark', last: 500 });
  expect(runs().at(-1)?.[1]).toBe(500);
});

it('tells what is left when writes replace each other before they are told', () => {
  trace.wrote(write(1, [1, 1, 1, 1]));
  trace.wrote(write(3, [2]));
  trace.wrote(write(4, [2, 3]));
  trace.settle(0);
  expect(runs()).toEqual([
    [1, 2, 1],
    [3, 4, 2],
    [5, 5, 3],
  ]);
});

it('tells a log whole that begins anew behind a snapshot', () => {
  trace.wrote(write(1, [1, 1]));
  trace.wrote(write(8, [], { index: 7, term: 2 }));
  trace.wrote(write(8, [2]));
  trace.settle(0);
  expect(told).toMatchObject([{ kind: 'log', whole: true, runs: [[8, 8, 2]] }]);
});

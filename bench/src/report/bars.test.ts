import { expect, test } from 'vitest';
import type { Figures, HttpFigure } from '../figures.js';
import { bars } from './bars.js';

const machine = { cpu: 'x', cores: 2, memoryGiB: 1, node: 'v20', etcd: '3.4', fdatasyncs: 1 };
const base = { machine, generator: 'wrk' };

function http(system: HttpFigure['system'], rate: number, p99: number): HttpFigure {
  const rounds = [rate * 0.9, rate, rate * 3].map((one) => ({ rate: one, p50: 1, p99, errors: 0 }));
  return { system, mix: 'writes', connections: 64, rounds };
}

function verdict(figures: Partial<Figures>) {
  return bars({ ...base, ...figures }).map(({ passed }) => passed);
}

test('a part that was not measured has no bar', () => {
  expect(bars(base)).toEqual([]);
});

test('twice the rate counts only with a p99 that is no worse', () => {
  expect(verdict({ http: [http('quorate', 2000, 9), http('etcd', 1000, 9)] })).toEqual([true]);
  expect(verdict({ http: [http('quorate', 1999, 9), http('etcd', 1000, 9)] })).toEqual([false]);
  expect(verdict({ http: [http('quorate', 2000, 10), http('etcd', 1000, 9)] })).toEqual([false]);
});

test('a failover that is quick as a rule, and once very slow, is missed', () => {
  const quick = Array.from({ length: 19 }, () => 100);
  expect(verdict({ failover: { quorate: [...quick, 150], etcd: [] } })).toEqual([true]);
  expect(verdict({ failover: { quorate: [...quick, 3000], etcd: [] } })).toEqual([false]);
});

test('memory that grows in the last third is not flat, and one election is too many', () => {
  const slices = (last: number) =>
    [100, 200, 200, 200, last, last].map((mib) => {
      return { rate: 1, p99: 1, errors: 0, rssBytes: mib * 2 ** 20 };
    });
  expect(verdict({ soak: { elections: 0, slices: slices(215) } })).toEqual([true]);
  expect(verdict({ soak: { elections: 0, slices: slices(260) } })).toEqual([false]);
  expect(verdict({ soak: { elections: 1, slices: slices(200) } })).toEqual([false]);
});

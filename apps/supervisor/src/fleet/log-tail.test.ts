import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LogTail } from './log-tail.js';

it('puts lines together again, wherever the output was cut', () => {
  const line = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => /^\w+$/.test(text));
  const cuts = fc.array(fc.nat(400), { maxLength: 20 });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), cuts, (lines, positions) => {
      const log = new LogTail();
      const output = lines.map((text) => `${text}\n`).join('');
      const ends = [0, ...positions.sort((a, b) => a - b), output.length];
      ends.forEach((start, n) => {
        log.take(output.slice(start, ends[n + 1] ?? output.length));
      });
      expect(log.last(1000).lines).toEqual(lines);
    }),
  );
});

it('keeps the last 2,000 lines, and 500 characters of each', () => {
  const log = new LogTail();
  for (let n = 1; n <= 2100; n++) log.take(`line ${n}\n`);
  const { lines, earlier } = log.last(5000);
  expect([lines.length, lines[0], earlier]).toEqual([2000, 'line 101', 100]);
  log.take('x'.repeat(10_000));
  log.take('\n');
  expect(log.last(1).lines[0]).toHaveLength(500);
});

it('gives as many of the last lines as are asked for, and says how many came before', () => {
  const log = new LogTail();
  log.take('one\ntwo\nthree\n');
  expect(log.last(2)).toEqual({ lines: ['two', 'three'], earlier: 1 });
  expect(log.last(9).earlier).toBe(0);
});

it('leaves out colours', () => {
  const log = new LogTail();
  log.take('\u001b[31mred\u001b[0m\n');
  expect(log.last(1).lines).toEqual(['red']);
});

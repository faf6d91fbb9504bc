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
      expect(log.lines).toEqual(lines);
    }),
  );
});

it('keeps the last 200 lines, and 500 characters of each', () => {
  const log = new LogTail();
  for (let n = 1; n <= 300; n++) log.take(`line ${n}\n`);
  expect(log.lines).toHaveLength(200);
  expect(log.lines[0]).toBe('line 101');
  log.take('x'.repeat(10_000));
  log.take('\n');
  expect(log.lines.at(-1)).toHaveLength(500);
});

it('leaves out colours', () => {
  const log = new LogTail();
  log.take('\u001b[31mred\u001b[0m\n');
  expect(log.lines).toEqual(['red']);
});

import { expect } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { type DiffLine, diffValues } from './value-diff.js';

const text = fc
  .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 30 })
  .map((lines) => lines.join('\n'));
const shown = (lines: readonly DiffLine[]) =>
  lines.map((line) => (line.kind === 'folded' ? `… ${line.lines}` : `${line.kind} ${line.text}`));

test.prop([text, text])('every line is told with its number, or counted', (theirs, yours) => {
  const lines = diffValues(theirs, yours)!;
  for (const [side, text] of [
    ['theirs', theirs],
    ['yours', yours],
  ] as const) {
    const count = lines.reduce((sum, line) => {
      if (line.kind === 'folded') return sum + line.lines;
      return sum + (line[side] === null ? 0 : 1);
    }, 0);
    const texts = text.split('\n');
    expect(count).toBe(texts.length);
    for (const line of lines) {
      if (line.kind === 'folded' || line[side] === null) continue;
      expect(line.text).toBe(texts[line[side] - 1]);
    }
  }
});

test('a long stretch that is the same is folded', () => {
  const lines = Array.from({ length: 40 }, (_, i) => `line ${i}`);
  const theirs = lines.join('\n');
  const yours = lines.with(20, 'other').join('\n');
  expect(shown(diffValues(theirs, yours)!)).toEqual([
    '… 17',
    'same line 17',
    'same line 18',
    'same line 19',
    'theirs line 20',
    'yours other',
    'same line 21',
    'same line 22',
    'same line 23',
    '… 16',
  ]);
});

test('texts that differ in everything are not compared', () => {
  const many = (word: string) => Array.from({ length: 3_000 }, (_, i) => `${word} ${i}`).join('\n');
  expect(diffValues(many('a'), many('b'))).toBeNull();
});

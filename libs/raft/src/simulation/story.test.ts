import { expect, test } from 'vitest';
import { Story } from './story.js';

test('a story keeps the latest lines, in their order', () => {
  const story = new Story(3);
  for (const at of [1, 2, 3, 4, 5]) story.tell(at, 'n1', () => `event ${at}`);
  expect(story.read()).toEqual([
    '     3.000  n1        event 3',
    '     4.000  n1        event 4',
    '     5.000  n1        event 5',
  ]);
});

test('lines that nobody reads are never put into words', () => {
  const story = new Story(1);
  let words = 0;
  for (const at of [1, 2, 3]) story.tell(at, 'n1', () => `${words++}`);
  expect(story.read()).toEqual(['     3.000  n1        0']);
  expect(words).toBe(1);
});

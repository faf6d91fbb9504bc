import { expect, test } from 'vitest';
import { fuzzyFilter, fuzzyScore } from './fuzzy.js';

const names = ['Kill n1', 'Kill n2', 'Go to Overview', 'Go to Stage', 'Show the shortcuts'];
const found = (query: string) => fuzzyFilter(names, query, (name) => name);

test('letters in their order find a name, others do not', () => {
  expect(found('kn2')).toEqual(['Kill n2']);
  expect(found('kill 1')).toEqual(['Kill n1']);
  expect(found('2nk')).toEqual([]);
});

test('the beginnings of words count more', () => {
  expect(fuzzyScore('gs', 'Go to Stage')).toBeGreaterThan(fuzzyScore('gs', 'Settings') ?? 0);
  expect(fuzzyScore('st', 'Go to Stage')).toBeGreaterThan(
    fuzzyScore('st', 'Show the shortcuts') ?? 0,
  );
});

test('an empty query leaves everything in its order', () => {
  expect(found(' ')).toEqual(names);
});

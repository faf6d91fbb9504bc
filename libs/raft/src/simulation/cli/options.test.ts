import { describe, expect, test } from 'vitest';
import { nodesOf, readOptions, UsageError } from './options.js';

describe('the command line of the simulator', () => {
  test('has defaults', () => {
    expect(readOptions([], 2)).toMatchObject({ seeds: 1000, from: 1, nodes: [3, 7], workers: 2 });
  });

  test('takes one seed for a run of one', () => {
    const options = readOptions(['--seed', '77', '--nodes', '5', '--trace'], 1);
    expect(options).toMatchObject({ seeds: 1, from: 77, nodes: [5, 5], trace: true });
  });

  test.each([
    [['--seeds', 'many'], '--seeds needs a whole number'],
    [['--nodes', '7..3'], '--nodes needs a number'],
    [['--trace'], '--trace tells one run'],
    [['--sed', '1'], "Unknown option '--sed'"],
  ])('refuses %j and says why', (args, why) => {
    expect(() => readOptions(args, 1)).toThrow(UsageError);
    expect(() => readOptions(args, 1)).toThrow(why);
  });

  test('a seed has as many nodes whichever seeds run beside it', () => {
    const sizes = new Set(Array.from({ length: 20 }, (_, seed) => nodesOf(seed, [3, 7])));
    expect([...sizes].sort()).toEqual([3, 4, 5, 6, 7]);
    expect(nodesOf(12, [5, 5])).toBe(5);
  });
});

import { expect, test } from 'vitest';
import { callTree, hottest } from './cpu-profile.js';
import { flameGraph } from './flame-graph.js';

const frame = (functionName: string, url = '') => ({ functionName, url, lineNumber: 0 });
const recorded = {
  nodes: [
    { id: 1, callFrame: frame('(root)'), children: [2, 3, 5] },
    { id: 2, callFrame: frame('(idle)') },
    { id: 3, callFrame: frame('serve', 'file:///a/b/c/d/e.js'), children: [4] },
    { id: 4, callFrame: frame('sync<T>', 'node:fs') },
    { id: 5, callFrame: frame('sync<T>', 'node:fs') },
  ],
  samples: [2, 3, 4, 4, 5],
  timeDeltas: [9000, 1000, 2000, 2000, 3000],
};

test('what waits is left out, and a caller has what it called', () => {
  const tree = callTree(recorded);
  expect(tree.totalMs).toBe(8);
  expect(tree.children.map(({ name, totalMs }) => [name, totalMs])).toEqual([
    ['serve', 5],
    ['sync<T>', 3],
  ]);
});

test('the hottest function is the one that took the most wherever it was called', () => {
  expect(hottest(callTree(recorded), 2)).toMatchObject([
    { name: 'sync<T>', place: 'node:fs:1', selfMs: 7 },
    { name: 'serve', place: 'b/c/d/e.js:1', selfMs: 1 },
  ]);
});

test('a flame graph is as wide as it took, and escapes names', () => {
  const svg = flameGraph(callTree(recorded), 'reads');
  expect(svg).toContain('sync&lt;T&gt; node:fs:1: 50.0 %, 4 ms');
  expect(svg).toContain('width="1000.0"');
  expect(svg).not.toContain('(idle)');
});

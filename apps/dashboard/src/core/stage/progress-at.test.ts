import { expect, test } from 'vitest';
import { leading } from '../../../test/fixtures.js';
import { append, appendAnswer, Recorded } from '../../../test/recorded.js';
import { progressAt } from './progress-at.js';

test('between two statuses, a follower is as far as what was sent and answered tells', () => {
  const recorded = new Recorded().frame('n1', 0, leading());
  recorded.message({ from: 'n1', to: 'n2', sent: 1, received: 2, message: append(11, 12) });
  recorded.message({ from: 'n2', to: 'n1', sent: 3, received: 4, message: appendAnswer(12) });
  recorded.message({ from: 'n3', to: 'n1', sent: 3, received: 4, message: appendAnswer(null, 9) });
  const at = (ms: number) =>
    progressAt(recorded.history.nodes.get('n1')!, recorded.t(ms)).map(({ match, next }) => [
      match,
      next,
    ]);
  expect([0, 1, 4].map(at)).toEqual([
    [
      [10, 11],
      [10, 11],
    ],
    [
      [10, 13],
      [10, 11],
    ],
    [
      [12, 13],
      [10, 11],
    ],
  ]);
});

import { expect, test } from 'vitest';
import { killed, leading, process, status } from '../../../test/fixtures.js';
import { observed } from '../../../test/observed.js';
import { cut, place } from './plan.js';

const chaos = { faults: [] };
const rule = { from: 'n1', to: 'n2', effect: cut };

test('the sender sees to a rule', () => {
  const view = observed({
    n1: { words: leading('n1', chaos) },
    n2: { words: status('n2', chaos) },
  });
  expect(place([rule], view)).toEqual({
    placements: [{ rule, node: 'n1', request: { peer: 'n2', direction: 'out', effect: cut } }],
    unplaced: [],
  });
});

test('where the sender cannot be asked, the receiver does', () => {
  const view = observed({
    n1: { words: leading('n1', chaos), process: process('n1', killed) },
    n2: { words: status('n2', chaos) },
  });
  expect(place([rule], view).placements).toEqual([
    { rule, node: 'n2', request: { peer: 'n1', direction: 'in', effect: cut } },
  ]);
});

test('nodes that take no faults are told apart from nodes that do not answer', () => {
  expect(place([rule], observed()).unplaced).toEqual([{ rule, why: 'chaos-off' }]);
  const dead = observed({
    n1: { process: process('n1', killed) },
    n2: { process: process('n2', killed) },
  });
  expect(place([rule], dead).unplaced).toEqual([{ rule, why: 'unreachable' }]);
});

import { expect, test } from 'vitest';
import { LostLinks } from './lost-links.js';

const event = (seq: number) => ({ seq, at: 0, time: 0, type: 'x', text: '' });

test('a connection that comes back tells what was caught up, and what is lost', () => {
  const lost = new LostLinks();
  lost.add('n1', { run: 'a', seq: 3 });
  const batch = { run: 'a', dropped: 2, events: [event(3), event(6), event(7)] };
  expect(lost.returned('n1', batch)).toEqual({
    kind: 'returned',
    node: 'n1',
    events: 2,
    missing: 2,
  });
  expect(lost.returned('n1', batch)).toBeNull();
});

test('a node that was restarted tells its own story, not of a lost connection', () => {
  const lost = new LostLinks();
  lost.add('n1', { run: 'a', seq: 3 });
  expect(lost.returned('n1', { run: 'b', dropped: 0, events: [event(1)] })).toBeNull();
});

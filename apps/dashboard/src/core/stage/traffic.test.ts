import { expect, test } from 'vitest';
import { append, heartbeat, Recorded } from '../../../test/recorded.js';
import { trafficAt } from './traffic.js';

function counted(peer: string, direction: 'out' | 'in', type: string, count: number) {
  const kind = 'counted' as const;
  return { kind, messages: [{ peer, direction, type, count }] };
}

test('traffic is what was told one by one and what was counted, of the last second', () => {
  const recorded = new Recorded();
  const way = { from: 'n1', to: 'n2' };
  recorded.message({ ...way, sent: -1_500, received: -1_499, message: heartbeat() });
  recorded.message({ ...way, sent: -500, received: -499, message: heartbeat() });
  recorded.message({ ...way, sent: -400, received: -399, message: append(11, 12) });
  recorded.trace('n1', -300, counted('n2', 'out', 'append-request', 70));
  recorded.trace('n2', -250, counted('n1', 'in', 'append-request', 70));
  const traffic = trafficAt(recorded.history, recorded.t(0)).get('n1>n2');
  expect(traffic?.rate).toBe(72);
  expect(Object.fromEntries(traffic?.kinds ?? [])).toEqual({ append: 71, heartbeat: 1 });
});

test('where nobody hears the sender, the receiver tells', () => {
  const recorded = new Recorded();
  recorded.trace('n2', -300, counted('n1', 'in', 'heartbeat', 5));
  expect(trafficAt(recorded.history, recorded.t(0)).get('n1>n2')?.rate).toBe(5);
});

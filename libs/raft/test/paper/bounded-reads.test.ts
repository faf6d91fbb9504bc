import { describe, expect, test } from 'vitest';
import { heartbeat } from '../cluster/messages.js';
import { Network } from '../cluster/network.js';
import { member } from '../cluster/server.js';

/** S1 leads, and heartbeats have gone to and fro for a while. */
function running(members: ConstructorParameters<typeof Network>[0] = {}): Network {
  const net = new Network(members);
  net.elect('S1');
  net.elapse(500);
  return net;
}

describe('a state is known to be at most so old', () => {
  test('nobody can tell before a leader has committed an entry of its own and a majority has answered', () => {
    const net = new Network();
    net.expire('S1');
    while (net.status('S1').role !== 'leader') net.deliver();
    expect(net.staleness('S1')).toBe(Infinity);
    net.settle();
    expect(net.staleness('S1')).toBe(Infinity);
    net.expire('S1');
    net.settle();
    expect(net.staleness('S1')).toBeLessThan(10);
    expect(net.staleness('S2')).toBe(Infinity);
  });

  test('a leader that has not committed an entry of its own does not know what others had committed', () => {
    const net = running();
    net.propose('S1', 'x');
    net.deliver({ to: 'S2' });
    net.deliver({ from: 'S2' });
    expect(net.status('S1').commitIndex).toBe(3);
    net.isolate('S1');
    net.now += 2000;
    net.expire('S2');
    while (net.status('S2').role !== 'leader') net.deliver();
    for (let beat = 0; beat < 3; beat++) {
      net.take({ type: 'append-request' });
      net.expire('S2');
      net.deliver({ type: 'heartbeat' });
      net.deliver({ type: 'heartbeat-response' });
    }
    expect(net.status('S2').commitIndex).toBe(2);
    expect(net.staleness('S2')).toBeGreaterThan(2000);
    expect(net.staleness('S3')).toBeGreaterThan(2000);
  });

  test('alone, a leader is always current', () => {
    const net = running({ members: ['S1'] });
    net.now += 300;
    expect(net.staleness('S1')).toBe(0);
  });

  test.each(['S1', 'S2', 'S4'])('of three voters and a learner, at %s', (id) => {
    const net = running({ members: ['S1', 'S2', 'S3', member('S4', 'learner')] });
    net.elapse(1000);
    expect(net.staleness(id)).toBeLessThanOrEqual(300);
    expect(net.sent()).toEqual([]);
  });

  test('no state is called fresher than it is', () => {
    const net = running();
    const committedAt: number[] = [];
    for (let round = 0; round < 40; round++) {
      net.propose('S1', `${round}`);
      net.take({ to: 'S3', type: 'append-request' });
      net.settle();
      committedAt[net.status('S1').commitIndex] = net.now;
      net.now += 35;
      if (net.server('S1').nextDeadline <= net.now) net.tick('S1');
      const missing = committedAt[net.status('S3').commitIndex + 1] ?? net.now;
      expect(net.staleness('S3')).toBeGreaterThanOrEqual(net.now - missing);
    }
    expect(net.staleness('S3')).toBeGreaterThan(0);
  });

  test('it ages where nothing is heard, and at a leader that hears no majority', () => {
    const net = running();
    net.isolate('S3');
    const before = net.staleness('S3');
    net.elapse(400);
    expect(net.staleness('S3')).toBe(before + 400);
    net.isolate('S1');
    const leader = net.staleness('S1');
    net.now += 400;
    expect(net.staleness('S1')).toBe(leader + 400);
  });

  test('a leader that was deposed makes nobody fresh, whoever still hears it', () => {
    const net = running({ members: ['S1', 'S2', 'S3', 'S4', 'S5'] });
    for (const id of ['S3', 'S4', 'S5']) {
      net.cut('S1', id);
      net.cut('S2', id);
    }
    net.elapse(900);
    expect(net.status('S2').leader).toBe('S1');
    expect(net.staleness('S2')).toBeGreaterThanOrEqual(900);
  });

  test('it ages while the machine sleeps', () => {
    const net = running();
    net.suspend('S2', 5000);
    expect(net.staleness('S2')).toBeGreaterThanOrEqual(5000);
  });

  test('an echo of what a former life has said is not believed', () => {
    const net = running();
    net.expire('S1');
    const old = net.take({ to: 'S2', type: 'heartbeat' });
    net.now += 10;
    net.restart('S2');
    for (const envelope of old) net.hand(envelope);
    expect(net.staleness('S2')).toBe(Infinity);
  });

  test('nor is one of the future', () => {
    const net = running();
    net.isolate('S2');
    const before = net.staleness('S2');
    net.receive('S2', 'S1', heartbeat({ term: 2, echo: 2 ** 45, known: 2 }));
    expect(net.staleness('S2')).toBe(before);
  });

  test('a leader of an earlier version tells nothing, and harms nothing', () => {
    const net = new Network();
    net.receive('S2', 'S1', heartbeat({ term: 2 }));
    expect(net.staleness('S2')).toBe(Infinity);
    expect(net.status('S2').leader).toBe('S1');
  });
});

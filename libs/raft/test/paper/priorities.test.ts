import { describe, expect, test } from 'vitest';
import { defaultTiming } from '../../src/core/options.js';
import { Network, type NetworkOptions } from '../cluster/network.js';

const leaderOf = (net: Network) =>
  net.ids.find((id) => net.server(id).isUp && net.status(id).role === 'leader');

/** S3 is preferred, though S1 draws the shorter time-outs. */
const preferring: NetworkOptions = {
  elections: { S1: { priority: 2 }, S2: { priority: 4 }, S3: { priority: 10 } },
};

describe('who stands first, of servers with different priorities', () => {
  test('each step below the highest waits a tenth of the shortest time-out longer', () => {
    const plain = new Network();
    const net = new Network(preferring);
    const extra = (id: string) => net.status(id).electionInMs! - plain.status(id).electionInMs!;
    expect(extra('S3')).toBe(0);
    expect(extra('S2')).toBeCloseTo(300);
    expect(extra('S1')).toBeCloseTo(400);
  });

  test('the highest priority wins, whoever draws the shortest time-out', () => {
    const net = new Network(preferring);
    net.elapse(3000);
    expect(leaderOf(net)).toBe('S3');
  });

  test('and so it is when the connection to the leader breaks', () => {
    const net = new Network({ elections: { S2: { priority: 1 }, S3: { priority: 10 } } });
    net.elect('S1');
    net.crash('S1');
    net.disconnect('S2', 'S1');
    net.disconnect('S3', 'S1');
    net.elapse(300);
    expect(leaderOf(net)).toBe('S3');
  });

  test('a lower one stands when the others do not', () => {
    const net = new Network(preferring);
    net.crash('S3');
    net.elapse(3000);
    expect(leaderOf(net)).toBe('S2');
  });

  test('courtesy is for the first time: who alone could win is not kept waiting for ever', () => {
    const net = new Network(preferring);
    const [shortest, longest] = defaultTiming.electionMs;
    net.isolate('S1');
    expect(net.status('S1').electionInMs).toBeGreaterThan((shortest + longest) / 2);
    net.expire('S1');
    expect(net.status('S1').electionInMs).toBeLessThanOrEqual((shortest + longest) / 2);
    net.heal();
    net.elect('S3');
    net.elapse(200);
    expect(net.status('S1').electionInMs).toBeGreaterThan((shortest + longest) / 2);
  });

  test('a priority is no right: an old log wins nothing', () => {
    const net = new Network({ ...preferring, logs: { S1: [1, 2], S2: [1, 2], S3: [1] } });
    net.elapse(4000);
    expect(leaderOf(net)).toBe('S2');
  });
});

describe('priority 0', () => {
  const reluctant: NetworkOptions = { elections: { S2: { priority: 0 }, S3: { priority: 0 } } };

  test('never stands by itself', () => {
    const net = new Network(reluctant);
    net.elect('S1');
    net.crash('S1');
    net.elapse(20_000);
    expect(leaderOf(net)).toBeUndefined();
    expect(net.status('S2')).toMatchObject({ role: 'follower', leader: null, electionInMs: null });
  });

  test('takes leadership when it is handed over, and votes', () => {
    const net = new Network(reluctant);
    net.elect('S1');
    net.transfer('S1', 'S2');
    net.settle();
    expect(leaderOf(net)).toBe('S2');
  });

  test('stands where nobody else could: as the only voter', () => {
    const net = new Network({ members: ['S1'], elections: { S1: { priority: 0 } } });
    net.elapse(1);
    expect(leaderOf(net)).toBe('S1');
  });
});

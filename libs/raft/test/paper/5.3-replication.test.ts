import { describe, expect, test } from 'vitest';
import { appendRequest, command } from '../cluster/messages.js';
import { Network } from '../cluster/network.js';

const five = ['S1', 'S2', 'S3', 'S4', 'S5'];

describe('§5.3 the leader', () => {
  test('appends a command, sends it in parallel, and commits it once a majority holds it', () => {
    const net = new Network();
    net.elect('S1');
    net.propose('S1', 'x');
    expect(net.sent({ type: 'append-request' })).toHaveLength(2);
    expect(net.status('S1').commitIndex).toBe(2);
    net.deliver({ to: 'S2' });
    net.deliver({ from: 'S2' });
    expect(net.status('S1').commitIndex).toBe(3);
    expect(net.applied('S1')).toEqual(['x']);
  });

  test('tells the caller where the command stands, and in which term', () => {
    const net = new Network();
    net.elect('S1');
    const request = net.propose('S1', 'x', 'y');
    expect(net.answer('S1', request)).toMatchObject({ type: 'appended', index: 3, term: 2 });
    expect(net.log('S1')).toEqual([1, 2, 2, 2]);
  });

  test.each([
    [3, 1],
    [4, 2],
    [5, 2],
  ])('of %i servers, commits with %i followers, and not with one less', (size, needed) => {
    const net = new Network({ members: five.slice(0, size) });
    net.elect('S1');
    net.propose('S1', 'x');
    for (const [i, id] of five.slice(1, 1 + needed).entries()) {
      expect(net.status('S1').commitIndex, `with ${i} followers`).toBe(2);
      net.deliver({ to: id });
      net.deliver({ from: id });
    }
    expect(net.status('S1').commitIndex).toBe(3);
  });

  test('followers learn of the commitment, and apply in log order', () => {
    const net = new Network();
    net.elect('S1');
    for (const text of ['x', 'y', 'z']) net.propose('S1', text);
    net.settle();
    for (const id of net.ids) expect(net.applied(id)).toEqual(['x', 'y', 'z']);
  });

  test('its own disk counts only when its write is done', () => {
    const net = new Network();
    net.elect('S1');
    net.slowDisk('S1');
    net.propose('S1', 'x');
    net.deliver({ to: 'S2' });
    net.deliver({ from: 'S2' });
    expect(net.status('S1')).toMatchObject({ lastIndex: 3, durableIndex: 2, commitIndex: 2 });
    net.persist('S1');
    expect(net.status('S1').commitIndex).toBe(3);
  });

  test('does not wait for its own disk when a majority of others has the entry', () => {
    const net = new Network();
    net.elect('S1');
    net.slowDisk('S1');
    net.propose('S1', 'x');
    net.settle();
    expect(net.status('S1')).toMatchObject({ durableIndex: 2, commitIndex: 3 });
  });

  test('keeps on sending until a follower has everything, after a lost message', () => {
    const net = new Network();
    net.elect('S1');
    net.propose('S1', 'x');
    net.take();
    net.elapse(300);
    for (const id of net.ids) expect(net.log(id)).toEqual([1, 2, 2]);
  });

  test('and after a lost acknowledgement', () => {
    const net = new Network();
    net.elect('S1');
    net.propose('S1', 'x');
    net.deliver({ to: 'S2' });
    net.take({ from: 'S2' });
    net.settle();
    net.elapse(300);
    expect(net.status('S1').peers).toMatchObject([{ match: 3, inflight: 0 }, { match: 3 }]);
  });

  test('keeps a bounded number of requests on the way to one follower', () => {
    const net = new Network({ limits: { maxInflight: 4 } });
    net.elect('S1');
    net.isolate('S3');
    for (let i = 0; i < 20; i++) net.propose('S1', `${i}`);
    expect(net.sent({ to: 'S2', type: 'append-request' })).toHaveLength(4);
    expect(net.status('S1').peers[0]).toMatchObject({ id: 'S2', inflight: 4 });
    net.settle();
    expect(net.log('S2')).toHaveLength(22);
  });

  test('and a bounded number of bytes', () => {
    const net = new Network({ limits: { maxInflightBytes: 250 } });
    net.elect('S1');
    net.isolate('S3');
    for (let i = 0; i < 20; i++) net.propose('S1', 'x'.repeat(68));
    expect(net.sent({ to: 'S2', type: 'append-request' })).toHaveLength(3);
    net.settle();
    expect(net.log('S2')).toHaveLength(22);
  });

  test('probes with one request at a time until it knows where the logs agree, then pipelines', () => {
    const net = new Network();
    net.expire('S1');
    while (net.status('S1').role !== 'leader') net.deliver();
    net.propose('S1', 'x');
    net.propose('S1', 'y');
    expect(net.sent({ to: 'S2', type: 'append-request' })).toHaveLength(1);
    expect(net.status('S1').peers[0]).toMatchObject({ state: 'probe', inflight: 1 });
    net.deliver({ to: 'S2' });
    net.deliver({ from: 'S2' });
    expect(net.status('S1').peers[0]).toMatchObject({ state: 'replicate', match: 2, next: 5 });
    net.propose('S1', 'z');
    expect(net.status('S1').peers[0]).toMatchObject({ next: 6, inflight: 2 });
  });

  test.each([{ maxAppendBytes: 200 }, { maxAppendEntries: 2 }])(
    'splits what a follower lacks into requests of bounded size: %j',
    (limits) => {
      const net = new Network({ limits });
      net.elect('S1');
      net.isolate('S3');
      for (let i = 0; i < 20; i++) net.propose('S1', 'x'.repeat(40));
      net.settle();
      net.heal();
      let largest = 0;
      net.watch = (_, { messages }) => {
        for (const { message } of messages) {
          if (message.type === 'append-request') {
            largest = Math.max(largest, message.entries.length);
          }
        }
      };
      net.elapse(100);
      expect(net.log('S3')).toEqual(net.log('S1'));
      expect(largest).toBe(2);
    },
  );

  test('refuses proposals beyond the bound of uncommitted bytes, and takes them again afterwards', () => {
    const net = new Network({ limits: { maxUncommittedBytes: 100 } });
    net.elect('S1');
    net.propose('S1', 'x'.repeat(100));
    expect(net.answer('S1', net.propose('S1', 'y'))).toMatchObject({ refusal: 'overloaded' });
    net.settle();
    expect(net.answer('S1', net.propose('S1', 'y'))).toMatchObject({ type: 'appended' });
  });

  test('refuses them to a follower’s callers too, who are told so', () => {
    const net = new Network({ limits: { maxUncommittedBytes: 100 } });
    net.elect('S1');
    net.propose('S1', 'x'.repeat(100));
    const request = net.propose('S2', 'y');
    net.deliver({ to: 'S1', type: 'propose-request' });
    net.settle();
    expect(net.answer('S2', request)).toMatchObject({ refusal: 'overloaded' });
    expect(net.log('S1')).toHaveLength(3);
  });

  test('counts the uncommitted bytes of earlier terms, which it has inherited', () => {
    const net = new Network({ limits: { maxUncommittedBytes: 100 } });
    net.elect('S1');
    net.propose('S1', 'x'.repeat(100));
    net.deliver({ to: 'S2' });
    net.isolate('S1');
    net.now += 2000;
    net.expire('S2');
    while (net.status('S2').role !== 'leader') net.deliver();
    expect(net.answer('S2', net.propose('S2', 'y'))).toMatchObject({ refusal: 'overloaded' });
    net.settle();
    const taken = net.propose('S2', 'z'.repeat(100));
    expect(net.answer('S2', taken)).toMatchObject({ type: 'appended' });
    expect(net.answer('S2', net.propose('S2', 'y'))).toMatchObject({ refusal: 'overloaded' });
  });

  test('never overwrites or deletes entries of its own log', () => {
    const net = new Network({ logs: { S1: [1, 1, 1] } });
    net.elect('S1');
    net.receive('S1', 'S2', appendRequest({ term: 2, prevIndex: 1, entries: [command(2, 2)] }));
    expect(net.log('S1')).toEqual([1, 1, 1, 2]);
    expect(net.events('S1', 'bad-message')).toHaveLength(1);
    expect(net.status('S1').role).toBe('leader');
  });
});

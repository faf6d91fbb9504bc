import { describe, expect, test } from 'vitest';
import {
  appendRequest,
  appendResponse,
  command,
  configuration,
  heartbeat,
} from '../cluster/messages.js';
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

  test('splits what a follower lacks into requests of bounded size', () => {
    const net = new Network({ limits: { maxAppendBytes: 200 } });
    net.elect('S1');
    net.isolate('S3');
    for (let i = 0; i < 20; i++) net.propose('S1', 'x'.repeat(40));
    net.settle();
    net.heal();
    let largest = 0;
    net.watch = (_, { messages }) => {
      for (const { message } of messages) {
        if (message.type === 'append-request') largest = Math.max(largest, message.entries.length);
      }
    };
    net.elapse(100);
    expect(net.log('S3')).toEqual(net.log('S1'));
    expect(largest).toBe(2);
  });

  test('refuses proposals beyond the bound of uncommitted bytes, and takes them again afterwards', () => {
    const net = new Network({ limits: { maxUncommittedBytes: 100 } });
    net.elect('S1');
    net.propose('S1', 'x'.repeat(100));
    expect(net.answer('S1', net.propose('S1', 'y'))).toMatchObject({ refusal: 'overloaded' });
    net.settle();
    expect(net.answer('S1', net.propose('S1', 'y'))).toMatchObject({ type: 'appended' });
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

describe('§5.3 AppendEntries, the receiver of figure 2', () => {
  /** S1 follows S2 in term 4 and holds the log 1 1 2 2. */
  function follower(): Network {
    const net = new Network({ logs: { S1: [1, 1, 2, 2] } });
    net.receive('S1', 'S2', heartbeat({ term: 4 }));
    net.take();
    return net;
  }

  test('1. refuses when term < currentTerm', () => {
    const net = follower();
    net.receive(
      'S1',
      'S3',
      appendRequest({ term: 3, prevIndex: 4, prevTerm: 2, entries: [command(5, 3)] }),
    );
    expect(net.log('S1')).toEqual([1, 1, 2, 2]);
    expect(net.sent({ to: 'S3' })).toMatchObject([{ match: null, term: 4 }]);
  });

  test.each([
    ['there is no entry at prevLogIndex', 9, 2, 4, 2],
    ['the entry at prevLogIndex is of another term', 4, 4, 4, 2],
    ['it is of a later term than the leader’s: it goes back to where they may agree', 4, 1, 2, 1],
  ])('2. refuses when %s', (_, prevIndex, prevTerm, conflictIndex, conflictTerm) => {
    const net = follower();
    net.receive('S1', 'S2', appendRequest({ term: 4, prevIndex, prevTerm }));
    expect(net.sent({ to: 'S2' })).toMatchObject([
      { match: null, rejectedIndex: prevIndex, conflictIndex, conflictTerm },
    ]);
    expect(net.log('S1')).toEqual([1, 1, 2, 2]);
  });

  test('3. deletes a conflicting entry and all that follow it', () => {
    const net = follower();
    net.receive(
      'S1',
      'S2',
      appendRequest({ term: 4, prevIndex: 2, prevTerm: 1, entries: [command(3, 3)] }),
    );
    expect(net.log('S1')).toEqual([1, 1, 3]);
    expect(net.events('S1', 'log-truncated')).toMatchObject([{ from: 3, to: 4 }]);
    expect(net.sent({ to: 'S2' })).toMatchObject([{ match: 3 }]);
  });

  test('3. deletes nothing when a request holds only what is there: it may have come late', () => {
    const net = follower();
    net.receive('S1', 'S2', appendRequest({ term: 4, prevIndex: 1, entries: [command(2, 1)] }));
    expect(net.log('S1')).toEqual([1, 1, 2, 2]);
    // Acknowledged is what the request proves, and no more.
    expect(net.sent({ to: 'S2' })).toMatchObject([{ match: 2 }]);
  });

  test('4. appends what is new, and only that, so requests may overlap or come twice', () => {
    const net = follower();
    const request = appendRequest({
      term: 4,
      prevIndex: 3,
      prevTerm: 2,
      entries: [command(4, 2), command(5, 4)],
    });
    net.receive('S1', 'S2', request);
    const { entryAt } = net.server('S1').core.log;
    const kept = entryAt.call(net.server('S1').core.log, 4);
    net.receive('S1', 'S2', request);
    expect(net.log('S1')).toEqual([1, 1, 2, 2, 4]);
    expect(net.server('S1').core.log.entryAt(4)).toBe(kept);
  });

  test('5. commits up to leaderCommit, but no further than the last new entry', () => {
    const net = follower();
    net.receive('S1', 'S2', appendRequest({ term: 4, prevIndex: 2, prevTerm: 1, commit: 4 }));
    // Entries 3 and 4 may not be the leader's: only up to 2 the logs are known to agree.
    expect(net.status('S1').commitIndex).toBe(2);
    net.receive('S1', 'S2', appendRequest({ term: 4, prevIndex: 4, prevTerm: 2, commit: 3 }));
    expect(net.status('S1').commitIndex).toBe(3);
  });

  test('5. never goes back', () => {
    const net = follower();
    net.receive('S1', 'S2', appendRequest({ term: 4, prevIndex: 4, prevTerm: 2, commit: 4 }));
    net.receive('S1', 'S2', appendRequest({ term: 4, prevIndex: 4, prevTerm: 2, commit: 2 }));
    net.receive('S1', 'S2', heartbeat({ term: 4, commit: 1 }));
    expect(net.status('S1').commitIndex).toBe(4);
  });

  test('acknowledges only once the entries are durable', () => {
    const net = follower();
    net.slowDisk('S1');
    net.receive(
      'S1',
      'S2',
      appendRequest({ term: 4, prevIndex: 4, prevTerm: 2, entries: [command(5, 4)] }),
    );
    expect(net.sent({ from: 'S1' })).toEqual([]);
    net.persist('S1');
    expect(net.sent({ from: 'S1' })).toMatchObject([{ type: 'append-response', match: 5 }]);
  });

  test('a second request about entries that are still being written waits for them too', () => {
    const net = follower();
    net.slowDisk('S1');
    const request = appendRequest({ term: 4, prevIndex: 4, prevTerm: 2, entries: [command(5, 4)] });
    net.receive('S1', 'S2', request);
    net.receive('S1', 'S2', request);
    expect(net.server('S1').writes).toHaveLength(1);
    expect(net.sent({ from: 'S1' })).toEqual([]);
    net.persist('S1');
    expect(net.sent({ from: 'S1' })).toMatchObject([{ match: 5 }, { match: 5 }]);
  });

  test('a refusal promises nothing, and does not wait', () => {
    const net = follower();
    net.slowDisk('S1');
    net.receive('S1', 'S2', appendRequest({ term: 4, prevIndex: 9, prevTerm: 2 }));
    expect(net.sent({ from: 'S1' })).toMatchObject([{ match: null }]);
  });

  test('every valid request puts off the election, refused for its log or not', () => {
    const net = follower();
    net.now += 400;
    net.receive('S1', 'S2', appendRequest({ term: 4, prevIndex: 9, prevTerm: 4 }));
    expect(net.status('S1')).toMatchObject({ electionInMs: 750, leaderContactMs: 0 });
  });

  test('a request of an older leader does not', () => {
    const net = follower();
    net.now += 400;
    net.receive('S1', 'S3', appendRequest({ term: 3 }));
    expect(net.status('S1').electionInMs).toBe(350);
  });

  test('a configuration that is cut off no longer counts', () => {
    const net = follower();
    const wider = configuration(5, 4, net.status('S1').configuration.members.slice(0, 2));
    net.receive(
      'S1',
      'S2',
      appendRequest({ term: 4, prevIndex: 4, prevTerm: 2, entries: [wider] }),
    );
    expect(net.status('S1').configuration).toMatchObject({ index: 5 });
    net.receive(
      'S1',
      'S3',
      appendRequest({ term: 5, prevIndex: 4, prevTerm: 2, entries: [command(5, 5)] }),
    );
    expect(net.status('S1').configuration).toMatchObject({ index: 1 });
  });
});

describe('§5.3 bringing logs together', () => {
  const leader = [1, 1, 1, 4, 4, 5, 5, 6, 6, 6];

  test.each([
    ['(a) one entry short', [1, 1, 1, 4, 4, 5, 5, 6, 6]],
    ['(b) many entries short', [1, 1, 1, 4]],
    ['(c) one uncommitted entry too many', [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6]],
    ['(d) entries of a later term too many', [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7]],
    ['(e) short, and with others', [1, 1, 1, 4, 4, 4, 4]],
    ['(f) a whole history that nobody else has', [1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3]],
  ])('figure 7 %s: the leader makes it equal to its own', (_, follower) => {
    const net = new Network({
      logs: { S1: leader, S2: follower, S3: leader },
      hardStates: { S1: { term: 7, votedFor: null } },
    });
    net.isolate('S2');
    net.elect('S1');
    net.heal();
    net.elapse(200);
    expect(net.log('S1')).toEqual([...leader, 8]);
    expect(net.log('S2')).toEqual(net.log('S1'));
    expect(net.applied('S2')).toEqual(net.applied('S1'));
  });

  test('conflicting terms cost one refusal each, not one an entry', () => {
    const long = (term: number) => Array<number>(50).fill(term);
    const net = new Network({
      logs: {
        S1: [1, ...long(1), ...long(4)],
        S2: [1, ...long(1), ...long(2), ...long(3)],
        S3: [1, ...long(1), ...long(4)],
      },
      hardStates: { S1: { term: 4, votedFor: null } },
    });
    net.elect('S1');
    expect(net.log('S2')).toEqual(net.log('S1'));
    expect(net.events('S1', 'append-rejected').length).toBeLessThanOrEqual(2);
  });

  test('a stale refusal does not move the leader back', () => {
    const net = new Network({ logs: { S2: [1], S1: [1, 1, 1], S3: [1, 1, 1] } });
    net.expire('S1');
    net.deliver();
    net.deliver();
    net.deliver();
    net.deliver({ type: 'vote-response' });
    net.deliver({ type: 'append-request', to: 'S2' });
    const refusals = net.take({ from: 'S2', type: 'append-response' });
    expect(refusals).toHaveLength(1);
    for (const refusal of refusals) net.hand(refusal);
    net.settle();
    const caughtUp = net.status('S1').peers[0];
    expect(caughtUp).toMatchObject({ id: 'S2', state: 'replicate', match: 4, next: 5 });
    for (const refusal of refusals) net.hand(refusal);
    expect(net.status('S1').peers[0]).toMatchObject({ state: 'replicate', match: 4, next: 5 });
  });

  test('a stale acknowledgement does not move it back either', () => {
    const net = new Network();
    net.elect('S1');
    net.propose('S1', 'x');
    net.deliver({ to: 'S2' });
    const early = net.take({ from: 'S2' });
    for (const envelope of early) net.hand(envelope);
    net.propose('S1', 'y');
    net.settle();
    for (const envelope of early) net.hand(envelope);
    expect(net.status('S1').peers[0]).toMatchObject({ match: 4, next: 5 });
  });

  test('an acknowledgement beyond the log is ignored, and told of', () => {
    const net = new Network();
    net.elect('S1');
    net.propose('S1', 'x');
    const [request] = net.take({ to: 'S2', type: 'append-request' });
    const session = request?.message.type === 'append-request' ? request.message.session : 0;
    net.receive('S1', 'S2', appendResponse({ term: 2, session, match: 99 }));
    expect(net.status('S1')).toMatchObject({ commitIndex: 2 });
    expect(net.events('S1', 'bad-message')).toMatchObject([{ peer: 'S2' }]);
  });

  test('an answer to an earlier leadership of the same server is stale', () => {
    const net = new Network();
    net.elect('S1');
    net.propose('S1', 'x');
    net.deliver({ to: 'S2' });
    const late = net.take({ from: 'S2' });
    net.take();
    net.isolate('S2');
    net.restart('S1');
    net.now += 2000;
    net.elect('S1');
    const before = net.status('S1').peers[0];
    for (const envelope of late) net.hand(envelope);
    expect(net.status('S1').peers[0]).toEqual(before);
  });

  test.each([
    ['leaves a hole', [command(9, 4)]],
    ['goes back in term', [command(5, 4), command(6, 3)]],
    ['is of a term after the leader’s', [command(5, 9)]],
    ['is older than the entry before it', [command(5, 1)]],
    [
      'is a configuration that cannot be read',
      [{ ...command(5, 4), type: 'configuration' as const }],
    ],
  ])('a request whose entry %s is refused whole, and told of', (_, entries) => {
    const net = new Network({ logs: { S1: [1, 1, 2, 2] } });
    net.receive('S1', 'S2', appendRequest({ term: 4, prevIndex: 4, prevTerm: 2, entries }));
    expect(net.log('S1')).toEqual([1, 1, 2, 2]);
    expect(net.events('S1', 'bad-message')).toMatchObject([{ peer: 'S2' }]);
  });

  test('committed entries are never replaced, whoever asks', () => {
    const net = new Network({ logs: { S1: [1, 1, 2, 2] } });
    net.receive('S1', 'S2', appendRequest({ term: 4, prevIndex: 4, prevTerm: 2, commit: 4 }));
    net.receive(
      'S1',
      'S2',
      appendRequest({ term: 5, prevIndex: 2, prevTerm: 1, entries: [command(3, 5)] }),
    );
    expect(net.log('S1')).toEqual([1, 1, 2, 2]);
    expect(net.events('S1', 'bad-message')).toMatchObject([
      { reason: 'would replace committed entry 3' },
    ]);
  });
});

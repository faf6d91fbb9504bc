import { describe, expect, test } from 'vitest';
import { appendRequest, command, configuration, heartbeat } from '../cluster/messages.js';
import { Network } from '../cluster/network.js';

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

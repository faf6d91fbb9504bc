import { describe, expect, test } from 'vitest';
import { appendRequest, command, voteRequest } from '../cluster/messages.js';
import { Network } from '../cluster/network.js';

describe('§5.4.1 election restriction', () => {
  // The voter's log ends with index 3 of term 2.
  test.each([
    ['an older last term, however long its log', 9, 1, 'log-behind'],
    ['the same last term and a shorter log', 2, 2, 'log-behind'],
    ['the same last term and an equal log', 3, 2, null],
    ['the same last term and a longer log', 4, 2, null],
    ['a later last term, however short its log', 1, 3, null],
  ])('a candidate with %s', (_, lastIndex, lastTerm, refusal) => {
    for (const preVote of [false, true]) {
      const net = new Network({ logs: { S1: [1, 1, 2] } });
      net.receive('S1', 'S2', voteRequest({ term: 5, preVote, lastIndex, lastTerm }));
      expect(net.sent({ to: 'S2' })).toMatchObject([{ preVote, refusal }]);
    }
  });

  test('a refused candidate’s term is adopted all the same, so that a better one can win soon', () => {
    const net = new Network({ logs: { S1: [1, 1, 2] } });
    net.receive('S1', 'S2', voteRequest({ term: 5 }));
    expect(net.status('S1')).toMatchObject({ term: 5, votedFor: null });
  });

  test('whoever is elected holds every committed entry', () => {
    const net = new Network();
    net.elect('S1');
    net.isolate('S3');
    net.propose('S1', 'x');
    net.settle();
    net.crash('S1');
    net.heal();
    // S3 stands first and often; only S2 can win.
    for (let i = 0; i < 5; i++) {
      net.expire('S3');
      net.settle();
      expect(net.status('S3').role).not.toBe('leader');
    }
    net.elect('S2');
    expect(net.applied('S2')).toEqual(['x']);
    expect(net.applied('S3')).toEqual(['x']);
  });
});

describe('§5.4.2 committing entries from previous terms', () => {
  /** Figure 8 (c): S1 leads term 4 and has brought its old entry 3, of term 2, to a majority. */
  function figure8(): Network {
    const net = new Network({
      members: ['S1', 'S2', 'S3', 'S4', 'S5'],
      logs: { S1: [1, 1, 2], S2: [1, 1, 2], S3: [1, 1], S4: [1, 1], S5: [1, 1, 3] },
      hardStates: {
        S1: { term: 3, votedFor: null },
        S2: { term: 3, votedFor: null },
        S3: { term: 3, votedFor: 'S5' },
        S4: { term: 3, votedFor: 'S5' },
        S5: { term: 3, votedFor: 'S5' },
      },
      // One entry a request, so that the old one can arrive without the new one.
      limits: { maxAppendBytes: 1 },
    });
    net.isolate('S5');
    net.expire('S1');
    while (net.status('S1').role !== 'leader') net.deliver();
    for (const id of ['S2', 'S3', 'S3']) {
      net.deliver({ to: id });
      net.deliver({ from: id });
    }
    return net;
  }

  test('figure 8 (c): an entry of an older term is not committed by counting', () => {
    const net = figure8();
    expect(net.status('S1')).toMatchObject({ role: 'leader', term: 4, commitIndex: 0 });
    // S1 itself, S2 and S3: a majority of five holds entry 3, and S1 knows it.
    expect(net.status('S1').peers).toMatchObject([{ match: 4 }, { match: 3 }, {}, {}]);
  });

  test('figure 8 (d): so it may be overwritten, and nothing committed is lost', () => {
    const net = figure8();
    net.crash('S1');
    net.take();
    net.heal();
    net.isolate('S2');
    // S5 learns of term 4 first, and wins term 5 with the votes of S3 and S4.
    net.expire('S5');
    net.settle();
    net.elect('S5');
    net.heal();
    net.elapse(200);
    expect(net.log('S5')).toEqual([1, 1, 3, 5]);
    for (const id of ['S2', 'S3', 'S4']) expect(net.log(id)).toEqual(net.log('S5'));
  });

  test('figure 8 (e): once an entry of the leader’s own term is committed, it is committed with it', () => {
    const net = figure8();
    net.settle();
    expect(net.status('S1').commitIndex).toBe(4);
    net.crash('S1');
    net.heal();
    net.now += 2000;
    net.expire('S5');
    net.settle();
    expect(net.status('S5').role).not.toBe('leader');
  });

  test('a new leader commits the rest of its predecessors with its first entry, and need not be asked', () => {
    const net = new Network({ logs: { S1: [1, 1, 2], S2: [1, 1, 2], S3: [1, 1, 2] } });
    net.elect('S1');
    expect(net.status('S1')).toMatchObject({ term: 3, commitIndex: 4 });
    for (const id of net.ids) expect(net.status(id).commitIndex).toBe(4);
  });
});

describe('§5.4.3, figure 3: what a crash at any moment may not break', () => {
  test('a leader that loses unwritten entries holds nothing that was committed without them', () => {
    const net = new Network();
    net.elect('S1');
    net.slowDisk('S1');
    net.propose('S1', 'x');
    net.settle();
    expect(net.applied('S2')).toEqual(['x']);
    net.restart('S1');
    expect(net.log('S1')).toEqual([1, 2]);
    net.now += 2000;
    net.expire('S1');
    net.settle();
    expect(net.status('S1').role).not.toBe('leader');
    net.elect('S2');
    expect(net.log('S1')).toEqual(net.log('S2'));
    expect(net.applied('S1')).toEqual(['x']);
  });

  test('a follower that loses unwritten entries never counted for them', () => {
    const net = new Network();
    net.elect('S1');
    net.isolate('S3');
    net.slowDisk('S2');
    net.propose('S1', 'x');
    net.settle();
    expect(net.log('S2')).toEqual([1, 2, 2]);
    expect(net.status('S1').commitIndex).toBe(2);
    net.restart('S2');
    expect(net.log('S2')).toEqual([1, 2]);
    net.elapse(300);
    expect(net.status('S1').commitIndex).toBe(3);
  });

  test('entries that were replaced while they were being written do not count as written', () => {
    const net = new Network();
    net.slowDisk('S1');
    const [theirs, ours] = [command(2, 2), command(2, 3)];
    net.receive('S1', 'S2', appendRequest({ term: 2, entries: [theirs, command(3, 2)] }));
    net.receive('S1', 'S3', appendRequest({ term: 3, entries: [ours] }));
    net.persist('S1', 1);
    // The first disk write is done; the log that it wrote is not the log any more.
    expect(net.status('S1')).toMatchObject({ lastIndex: 2, durableIndex: 1 });
    expect(net.sent({ to: 'S3' })).toEqual([]);
    net.persist('S1', 1);
    expect(net.status('S1').durableIndex).toBe(2);
    expect(net.sent({ to: 'S3' })).toMatchObject([{ term: 3, match: 2 }]);
  });
});

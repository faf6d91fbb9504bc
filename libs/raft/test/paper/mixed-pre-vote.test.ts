import { describe, expect, test } from 'vitest';
import { Network } from '../cluster/network.js';

/**
 * Servers that ask first (PreVote, thesis §9.6) beside servers that do not. Etcd's deadlocks of
 * such clusters (etcd-io/raft TestPreVoteMigration*, etcd#8501) and dqlite's (#279), one by one.
 */
const without = { preVote: false };

describe('a server without pre-vote', () => {
  test('stands at once, in a term of its own', () => {
    const net = new Network({ elections: { S1: without } });
    net.expire('S1');
    expect(net.status('S1')).toMatchObject({ role: 'candidate', term: 2, votedFor: 'S1' });
    expect(net.sent({ to: 'S2' })).toMatchObject([{ preVote: false, term: 2 }]);
    net.settle();
    expect(net.status('S1').role).toBe('leader');
  });

  test('answers pre-votes like any other', () => {
    const net = new Network({ elections: { S2: without, S3: without } });
    net.elect('S1');
    expect(net.status('S1')).toMatchObject({ role: 'leader', term: 2 });
  });

  test('that was away raises the term when it comes back, and then there is a leader again', () => {
    const net = new Network({ elections: { S3: without } });
    net.elect('S1');
    net.isolate('S3');
    net.elapse(5000);
    const { term } = net.status('S3');
    expect(term).toBeGreaterThan(2);
    net.heal();
    net.elapse(5000);
    const leader = net.ids.find((id) => net.status(id).role === 'leader')!;
    expect(net.status(leader).term).toBeGreaterThanOrEqual(term);
    expect(net.ids.map((id) => net.status(id).leader)).toEqual([leader, leader, leader]);
  });
});

describe('no deadlock where only some ask first', () => {
  test.each([
    ['the candidate', ['S1']],
    ['the voter of the higher term', ['S2']],
    ['both', ['S1', 'S2']],
    ['nobody', []],
  ] as const)(
    'a stale term and the newest log, with pre-vote at %s: it adopts the higher term, and wins',
    (_, asking) => {
      const elections = Object.fromEntries(
        ['S1', 'S2', 'S3'].map((id) => [id, { preVote: asking.some((one) => one === id) }]),
      );
      const net = new Network({
        elections,
        logs: { S1: [1, 3, 3, 3], S2: [1, 3], S3: [1, 3, 3] },
        hardStates: { S1: { term: 3, votedFor: null }, S2: { term: 9, votedFor: 'S2' } },
      });
      net.crash('S3');
      net.elapse(10_000);
      expect(net.status('S1').role).toBe('leader');
      expect(net.status('S1').term).toBeGreaterThan(9);
    },
  );

  test('a server of a higher term and an old log is not left alone: the leader moves up to it', () => {
    const net = new Network({
      elections: { S2: without },
      logs: { S1: [1, 2], S2: [1, 2], S3: [1] },
      hardStates: { S3: { term: 9, votedFor: 'S3' } },
    });
    net.isolate('S3');
    net.elect('S1');
    net.heal();
    net.elapse(5000);
    const leader = net.ids.find((id) => net.status(id).role === 'leader')!;
    expect(net.status(leader).term).toBeGreaterThan(9);
    expect(net.status('S3')).toMatchObject({ leader, term: net.status(leader).term });
    expect(net.log('S3')).toEqual(net.log(leader));
  });

  test.each([[['S1', 'S2']], [['S1']], [['S2', 'S3']], [[]]] as const)(
    'with pre-vote at %j a cluster survives its leader, over and over',
    (asking) => {
      const elections = Object.fromEntries(
        ['S1', 'S2', 'S3'].map((id) => [id, { preVote: asking.some((one) => one === id) }]),
      );
      const net = new Network({ elections });
      for (let round = 0; round < 5; round++) {
        net.elapse(5000);
        const leader = net.ids.find((id) => net.status(id).role === 'leader')!;
        net.propose(leader, `${round}`);
        net.settle();
        expect(net.applied(leader)).toContain(`${round}`);
        net.crash(leader);
        net.elapse(3000);
        net.restart(leader);
      }
    },
  );
});

import { describe, expect, test } from 'vitest';
import { heartbeat, voteRequest, voteResponse } from '../cluster/messages.js';
import { Network } from '../cluster/network.js';

const five = ['S1', 'S2', 'S3', 'S4', 'S5'];

describe('thesis §9.6 asking first whether an election could be won', () => {
  test('a pre-vote changes nothing: neither term nor vote, on either side, and nothing is written', () => {
    const net = new Network();
    let writes = 0;
    net.watch = (_, { write }) => void (writes += write === null ? 0 : 1);
    net.expire('S1');
    net.deliver();
    expect(net.status('S1')).toMatchObject({ role: 'pre-candidate', term: 1, votedFor: null });
    expect(net.status('S2')).toMatchObject({ role: 'follower', term: 1, votedFor: null });
    expect(writes).toBe(0);
  });

  test('it asks in the name of the next term', () => {
    const net = new Network();
    net.expire('S1');
    expect(net.sent({ to: 'S2' })).toMatchObject([{ preVote: true, term: 2 }]);
    net.deliver();
    expect(net.sent({ from: 'S2' })).toMatchObject([{ preVote: true, term: 2, refusal: null }]);
  });

  test('several candidates may be told yes', () => {
    const net = new Network();
    const request = voteRequest({ term: 2, preVote: true });
    for (const from of ['S2', 'S3']) net.receive('S1', from, request);
    expect(net.sent({ from: 'S1' })).toMatchObject([{ refusal: null }, { refusal: null }]);
  });

  test('only a majority’s yes raises the term', () => {
    const net = new Network({ members: five });
    net.expire('S1');
    net.take();
    net.receive('S1', 'S2', voteResponse({ term: 2, preVote: true }));
    expect(net.status('S1')).toMatchObject({ role: 'pre-candidate', term: 1 });
    net.receive('S1', 'S3', voteResponse({ term: 2, preVote: true }));
    expect(net.status('S1')).toMatchObject({ role: 'candidate', term: 2 });
  });

  test('a cut-off server does not raise its term, and disturbs nobody when it comes back', () => {
    const net = new Network();
    net.elect('S1');
    net.isolate('S3');
    net.elapse(20_000);
    expect(net.status('S3')).toMatchObject({ term: 2 });
    net.heal();
    net.elapse(2000);
    expect(net.status('S1')).toMatchObject({ role: 'leader', term: 2 });
    expect(net.status('S3')).toMatchObject({ role: 'follower', leader: 'S1' });
  });

  test('a server that hears its leader says no, and so does the leader itself', () => {
    const net = new Network();
    net.elect('S1');
    net.expire('S3');
    net.receive('S2', 'S1', heartbeat({ term: 2 }));
    net.deliver({ type: 'vote-request' });
    const answers = net.sent({ to: 'S3', type: 'vote-response' });
    expect(answers).toMatchObject([{ refusal: 'leader-alive' }, { refusal: 'leader-alive' }]);
  });

  test('a pre-vote of a stale term is refused with the newer term, so that its sender catches up', () => {
    const net = new Network({ hardStates: { S2: { term: 7, votedFor: null } } });
    net.receive('S2', 'S1', voteRequest({ term: 2, preVote: true }));
    net.settle();
    expect(net.status('S1').term).toBe(7);
  });

  test('one for the term that the voter is in already is stale too', () => {
    const net = new Network({ hardStates: { S2: { term: 7, votedFor: null } } });
    net.receive('S2', 'S1', voteRequest({ term: 7, preVote: true }));
    expect(net.sent({ to: 'S1' })).toMatchObject([{ term: 7, refusal: 'stale-term' }]);
  });

  test('so the only server whose log is new enough wins, though its term is the oldest', () => {
    const net = new Network({
      logs: { S1: [1, 3, 3], S2: [1, 3, 3], S3: [1] },
      hardStates: { S3: { term: 8, votedFor: null } },
    });
    net.crash('S2');
    net.elapse(5000);
    expect(net.status('S1').role).toBe('leader');
    expect(net.log('S3')).toEqual([1, 3, 3, net.status('S1').term]);
  });

  test('a pre-candidate votes like any other server', () => {
    const net = new Network();
    net.expire('S1');
    net.take();
    net.receive('S1', 'S2', voteRequest({ term: 2 }));
    expect(net.status('S1')).toMatchObject({ role: 'follower', term: 2, votedFor: 'S2' });
  });

  test('a pre-candidate that hears its leader again follows it', () => {
    const net = new Network();
    net.elect('S1');
    net.expire('S2');
    expect(net.status('S2')).toMatchObject({ role: 'pre-candidate', leader: null });
    net.take({ type: 'vote-request' });
    net.elapse(100);
    expect(net.status('S2')).toMatchObject({ role: 'follower', leader: 'S1', term: 2 });
  });

  test('two servers whose pre-votes cross both get an answer, and one of them wins', () => {
    const net = new Network();
    net.expire('S1');
    net.expire('S2');
    net.settle();
    net.elapse(5000);
    expect(net.ids.filter((id) => net.status(id).role === 'leader')).toHaveLength(1);
  });
});

describe('a connection that closes', () => {
  test('a follower whose connection to the leader breaks stands soon, not after a whole timeout', () => {
    const net = new Network();
    net.elect('S1');
    net.crash('S1');
    net.disconnect('S2', 'S1');
    expect(net.status('S2').electionInMs).toBeLessThanOrEqual(100);
    net.disconnect('S3', 'S1');
    net.elapse(200);
    expect(net.status('S2')).toMatchObject({ role: 'leader', term: 3 });
  });

  test('the others with a live leader refuse it, and it goes back to its leader', () => {
    const net = new Network();
    net.elect('S1');
    net.elapse(100);
    net.disconnect('S2', 'S1');
    net.elapse(1000);
    expect(net.events('S2', 'election-started')).toMatchObject([{ preVote: true }]);
    expect(net.status('S1')).toMatchObject({ role: 'leader', term: 2 });
    expect(net.status('S2')).toMatchObject({ role: 'follower', leader: 'S1' });
  });

  test('a broken connection to somebody else means nothing', () => {
    const net = new Network();
    net.elect('S1');
    const before = net.status('S2').electionInMs;
    net.disconnect('S2', 'S3');
    expect(net.status('S2').electionInMs).toBe(before);
  });
});

import { describe, expect, test } from 'vitest';
import { appendRequest, appendResponse, command } from '../cluster/messages.js';
import { Network } from '../cluster/network.js';

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

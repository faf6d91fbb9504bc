import { describe, expect, test } from 'vitest';
import type { Message, SnapshotResponse } from '../../src/core/message.js';
import type { SnapshotInfo } from '../../src/core/snapshot.js';
import {
  appendRequest,
  appendResponse,
  command,
  heartbeat,
  heartbeatResponse,
  snapshotRequest,
  snapshotResponse,
} from '../cluster/messages.js';
import { joining, Network, type NetworkOptions, roles } from '../cluster/network.js';

const limits = { trailingEntries: 0 };

/** S1 leads S2 and S3, but S3 is cut off, and lacks what S1 holds only in a snapshot any more. */
function withStraggler(options: NetworkOptions = {}): Network {
  const net = new Network({ limits, ...options });
  net.elect('S1');
  net.isolate('S3');
  net.propose('S1', 'a', 'b');
  net.settle();
  net.takeSnapshot('S1');
  return net;
}

/** As above; S3 is back, and the first piece is on its way to it. */
function sending(options: NetworkOptions = {}): Network {
  const net = withStraggler(options);
  net.heal();
  net.propose('S1', 'c');
  for (let rounds = 0; net.sent({ type: 'snapshot-request' }).length === 0; rounds++) {
    if (rounds > 20) throw new Error('S1 sends no snapshot');
    if (net.sent().length === 0) net.expire('S1');
    net.deliver();
  }
  return net;
}

/** Where the pieces begin that are on their way. */
function pieces(net: Network): readonly number[] {
  return net.sent().flatMap((sent) => (sent.type === 'snapshot-request' ? [sent.offset] : []));
}

describe('§7 a log that a snapshot stands for', () => {
  test('lets go of its entries, and still says what follows from them', () => {
    const net = withStraggler();
    expect(net.log('S1')).toEqual([]);
    expect(net.status('S1')).toMatchObject({ firstIndex: 0, lastIndex: 4, lastTerm: 2 });
    expect(net.events('S1', 'log-compacted')).toEqual([{ type: 'log-compacted', upTo: 4 }]);
    net.propose('S1', 'c');
    net.settle();
    expect(net.status('S1')).toMatchObject({ firstIndex: 5, lastIndex: 5, commitIndex: 5 });
    expect(net.applied('S2')).toEqual(['a', 'b', 'c']);
  });

  test('keeps trailing entries, so that who is only a bit behind needs no snapshot', () => {
    const net = withStraggler({ limits: { trailingEntries: 2 } });
    expect(net.log('S1')).toEqual([2, 2]);
    net.heal();
    net.elapse(1000);
    // S3 has lost nothing but these two.
    expect(net.applied('S3')).toEqual(['a', 'b']);
    expect(net.events('S3', 'snapshot-receiving')).toEqual([]);
  });

  test('keeps no more trailing bytes than a snapshot may stand for', () => {
    const net = withStraggler({ limits: { trailingEntries: 100, snapshotBytes: 40 } });
    expect(net.log('S1')).toEqual([2]);
  });

  test('still gives what its own disk has not written yet', () => {
    const net = new Network({ limits });
    net.elect('S1');
    net.slowDisk('S1');
    net.propose('S1', 'a');
    net.settle();
    expect(net.status('S1')).toMatchObject({ commitIndex: 3, durableIndex: 2 });
    net.takeSnapshot('S1');
    expect(net.log('S1')).toEqual([2]);
  });

  test('is older than the last: nothing changes', () => {
    const net = withStraggler();
    const old = { ...net.server('S1').shelf.latest!, index: 2, id: 'older' };
    net.step('S1', { type: 'snapshot-taken', snapshot: old });
    expect(net.status('S1')).toMatchObject({ snapshotIndex: 4, commitIndex: 4 });
  });

  test('does not make a member of a blank node: it votes and leads with what it has', () => {
    const net = withStraggler();
    net.restart('S1');
    net.heal();
    net.elect('S1');
    net.elapse(2000);
    expect(net.log('S1')).toEqual([3]);
    for (const id of ['S1', 'S2', 'S3']) expect(net.applied(id)).toEqual(['a', 'b']);
  });

  test('is known after a restart, with the configuration and everything known to be committed', () => {
    const net = withStraggler();
    net.propose('S1', 'c');
    net.settle();
    net.propose('S1', 'd');
    net.settle();
    net.restart('S1');
    // The write of `d` told that `c` is committed; of `d` itself only the others know.
    expect(net.status('S1')).toMatchObject({ commitIndex: 5, lastIndex: 6, snapshotIndex: 4 });
    expect(net.status('S1').configuration).toMatchObject({ index: 1 });
    expect(net.applied('S1')).toEqual(['a', 'b']);
    net.tick('S1');
    expect(net.applied('S1')).toEqual(['a', 'b', 'c']);
  });
});

describe('§7 the leader', () => {
  test('sends a follower that is too far behind the snapshot, then what follows it', () => {
    const net = withStraggler();
    net.heal();
    net.propose('S1', 'c');
    net.elapse(300);
    expect(net.applied('S3')).toEqual(['a', 'b', 'c']);
    expect(net.events('S1', 'snapshot-sending')).toMatchObject([{ peer: 'S3', index: 4 }]);
    expect(net.events('S1', 'snapshot-sent')).toMatchObject([{ peer: 'S3', index: 4 }]);
    expect(net.status('S1').peers.find(({ id }) => id === 'S3')).toMatchObject({
      state: 'replicate',
      match: 5,
      snapshot: null,
    });
  });

  test('sends one piece at a time, and tells how far it is', () => {
    const net = sending();
    const progress = () => net.status('S1').peers.find(({ id }) => id === 'S3');
    const { bytes } = net.server('S1').shelf.latest!;
    expect(pieces(net)).toEqual([0]);
    expect(progress()).toMatchObject({ state: 'snapshot', inflight: 0 });
    expect(progress()?.snapshot).toEqual({ index: 4, receivedBytes: 0, bytes });
    net.deliver();
    net.deliver();
    expect(pieces(net)).toEqual([8]);
    expect(progress()?.snapshot).toEqual({ index: 4, receivedBytes: 8, bytes });
    expect(net.status('S3').installing).toEqual({ index: 4, receivedBytes: 8, bytes });
  });

  test('goes on with heartbeats meanwhile', () => {
    const net = sending();
    net.expire('S1');
    expect(net.sent({ to: 'S3', type: 'heartbeat' })).toMatchObject([{ commit: 2 }]);
  });

  test('repeats a lost piece when the follower has lived without it for a while', () => {
    const net = sending();
    net.take({ type: 'snapshot-request' });
    net.elapse(400);
    expect(net.applied('S3')).toEqual([]);
    net.elapse(300);
    expect(net.applied('S3')).toEqual(['a', 'b', 'c']);
    expect(net.events('S1', 'snapshot-sending')).toHaveLength(1);
  });

  test('repeats nothing while the follower is not heard', () => {
    const net = sending();
    net.isolate('S3');
    net.elapse(1200);
    net.heal();
    expect(net.sent({ to: 'S3', type: 'snapshot-request' })).toEqual([]);
  });

  test('begins anew with a newer snapshot when the old one is gone', () => {
    const net = sending();
    net.take({ type: 'snapshot-request' });
    net.settle();
    net.takeSnapshot('S1');
    net.elapse(700);
    const begun = net.events('S1', 'snapshot-sending').map(({ index }) => index);
    expect(begun).toEqual([4, 5]);
    expect(net.applied('S3')).toEqual(['a', 'b', 'c']);
  });

  test('keeps what a follower will need behind the snapshot that it is being sent', () => {
    const net = sending();
    net.take({ type: 'snapshot-request' });
    net.settle();
    net.propose('S1', 'd');
    net.settle();
    net.takeSnapshot('S1');
    expect(net.log('S1')).toEqual([2, 2]);
  });

  test('but not more than four snapshots’ worth of it', () => {
    const net = sending({ limits: { trailingEntries: 0, snapshotEntries: 1 } });
    net.take({ type: 'snapshot-request' });
    net.settle();
    for (const text of ['d', 'e', 'f', 'g', 'h']) {
      net.propose('S1', text);
      net.settle();
    }
    net.takeSnapshot('S1');
    expect(net.log('S1')).toHaveLength(4);
  });

  test('believes no answer of an earlier stream (etcd-io/raft#349)', () => {
    const net = sending();
    const { term } = net.status('S1');
    net.receive('S1', 'S3', snapshotResponse({ term, session: 99, index: 4, done: true }));
    expect(net.status('S1').peers.find(({ id }) => id === 'S3')).toMatchObject({ match: 2 });
  });

  test.each([
    ['a snapshot beyond its log', { index: 9, done: true }],
    ['more than there is', { index: 4, received: 1000 }],
  ])('ignores an answer that acknowledges %s', (_, fields) => {
    const net = sending();
    const request = net.sent({ type: 'snapshot-request' })[0]!;
    const { session } = request as SnapshotResponse;
    const { term } = net.status('S1');
    net.receive('S1', 'S3', snapshotResponse({ term, session, ...fields }));
    expect(net.events('S1', 'bad-message')).toHaveLength(1);
    expect(net.status('S1').peers.find(({ id }) => id === 'S3')).toMatchObject({ match: 2 });
  });

  test('steps down when the answer is of a higher term', () => {
    const net = sending();
    net.receive('S1', 'S3', snapshotResponse({ term: 9 }));
    expect(net.status('S1')).toMatchObject({ role: 'follower', term: 9 });
  });

  test('hands leadership to nobody who waits for a snapshot', () => {
    const net = sending();
    const request = net.transfer('S1', 'S3');
    expect(net.answer('S1', request)).toMatchObject({ refusal: 'transfer-target-unfit' });
  });

  test('takes a late acknowledgement of entries for what it is worth', () => {
    const net = sending();
    const { session } = net.sent({ type: 'snapshot-request' })[0] as SnapshotResponse;
    const { term } = net.status('S1');
    net.receive('S1', 'S3', appendResponse({ term, session, match: 4 }));
    expect(net.status('S1').peers.find(({ id }) => id === 'S3')).toMatchObject({
      state: 'probe',
      match: 4,
      snapshot: null,
    });
  });

  test('makes a voter of a learner that caught up by a snapshot', () => {
    const net = withStraggler({ members: ['S1', 'S2', 'S3'] });
    net.heal();
    net.addBlank('S4');
    net.change('S1', joining('S4'));
    net.elapse(2000);
    expect(roles(net, 'S1')).toMatchObject({ S4: 'voter' });
    expect(net.applied('S4')).toEqual(['a', 'b']);
  });
});

describe('§7 InstallSnapshot, the receiver of figure 13', () => {
  /** S1 follows S2 in term 4 and holds a log of these terms. */
  function follower(...log: readonly number[]): Network {
    const net = new Network({ logs: { S1: log }, limits });
    net.receive('S1', 'S2', heartbeat({ term: 4 }));
    net.take();
    return net;
  }

  const whole = snapshotRequest({ term: 4 });
  const first = { ...whole, data: whole.data.subarray(0, 4) };
  const second = { ...whole, offset: 4, data: whole.data.subarray(4) };

  test('1. replies immediately when term < currentTerm', () => {
    const net = follower(1);
    net.receive('S1', 'S3', snapshotRequest({ term: 3 }));
    expect(net.sent({ to: 'S3' })).toMatchObject([{ type: 'snapshot-response', term: 4 }]);
    expect(net.status('S1')).toMatchObject({ installing: null, leader: 'S2' });
  });

  test('2., 3., 4. keeps pieces in their order, and says where the next one begins', () => {
    const net = follower(1);
    net.receive('S1', 'S2', first);
    expect(net.sent({ to: 'S2' })).toMatchObject([{ received: 4, done: false, index: 3 }]);
    expect(net.events('S1', 'snapshot-receiving')).toMatchObject([{ peer: 'S2', index: 3 }]);
    net.receive('S1', 'S2', second);
    expect(net.sent({ to: 'S2' })).toMatchObject([{ received: 4 }, { done: true, index: 3 }]);
  });

  test('3. a piece that does not follow is not kept: the answer says what is', () => {
    const net = follower(1);
    net.receive('S1', 'S2', second);
    expect(net.sent({ to: 'S2' })).toMatchObject([{ received: 0, done: false }]);
  });

  test('a transfer is taken up again where a crash has broken it off', () => {
    const net = follower(1);
    net.receive('S1', 'S2', first);
    net.restart('S1');
    net.take();
    net.receive('S1', 'S2', first);
    expect(net.sent({ to: 'S2' })).toMatchObject([{ received: 4 }]);
  });

  test('a piece that comes twice while the store is busy goes to it once', () => {
    const net = follower(1);
    const { core } = net.server('S1');
    const input = { type: 'message', from: 'S2', incarnation: 'S2#1', message: first } as const;
    expect(core.step(0, input).snapshots).toHaveLength(1);
    expect(core.step(0, input).snapshots).toEqual([]);
  });

  test('a store that fails does not hurry the leader', () => {
    const net = follower(1);
    const { core } = net.server('S1');
    const message = { ...whole, data: first.data };
    core.step(0, { type: 'message', from: 'S2', incarnation: 'S2#1', message });
    const { snapshot } = whole;
    expect(core.step(0, { type: 'snapshot-stored', snapshot, received: 0 }).messages).toEqual([]);
    core.step(0, { type: 'message', from: 'S2', incarnation: 'S2#1', message: second });
    const lost = core.step(0, { type: 'snapshot-stored', snapshot, received: 0 });
    expect(lost.messages).toMatchObject([{ message: { received: 0 } }]);
  });

  test('5., 6. with the snapshot’s last entry in the log, everything behind it is kept', () => {
    const net = follower(1, 1, 1, 2, 2);
    net.receive('S1', 'S2', whole);
    expect(net.log('S1')).toEqual([1, 1, 1, 2, 2]);
    expect(net.status('S1')).toMatchObject({ commitIndex: 3, lastIndex: 5 });
    expect(net.sent({ to: 'S2' })).toMatchObject([{ done: true, index: 3 }]);
  });

  test.each([
    ['is too short', [1]],
    ['holds another entry there', [1, 1, 2, 2, 2]],
  ])('7., 8. a log that %s begins anew, and the state is the snapshot’s', (_, log) => {
    const net = follower(...log);
    net.receive('S1', 'S2', whole);
    expect(net.log('S1')).toEqual([]);
    expect(net.status('S1')).toMatchObject({ commitIndex: 3, lastIndex: 3, lastTerm: 1 });
    expect(net.applied('S1')).toEqual(['a', 'b']);
    expect(net.events('S1', 'snapshot-installed')).toMatchObject([{ index: 3, term: 1 }]);
    net.receive(
      'S1',
      'S2',
      appendRequest({ term: 4, prevIndex: 3, prevTerm: 1, entries: [command(4, 4)], commit: 4 }),
    );
    expect(net.log('S1')).toEqual([4]);
    expect(net.applied('S1')).toEqual(['a', 'b', '4']);
  });

  test('7. one install mends a log that conflicts: the next request fits (hashicorp/raft#697)', () => {
    const net = withStraggler({ logs: { S3: [1, 1, 1, 1] } });
    net.heal();
    net.elapse(2000);
    expect(net.events('S1', 'snapshot-sending')).toHaveLength(1);
    expect(net.applied('S3')).toEqual(['a', 'b']);
  });

  test('8. the configuration is the snapshot’s, at its own index (openraft#1808)', () => {
    const net = follower(1);
    const members = whole.snapshot.configuration.members.slice(0, 2);
    const snapshot: SnapshotInfo = {
      ...whole.snapshot,
      configuration: { index: 2, members, outgoing: null },
    };
    net.receive('S1', 'S2', { ...whole, snapshot });
    expect(net.status('S1').configuration).toEqual({ index: 2, members, outgoing: null });
    expect(net.status('S1').configurationCommitted).toBe(true);
  });

  test('8. a configuration that stood in the log behind the snapshot goes with it', () => {
    const net = new Network({ limits });
    net.elect('S1');
    net.isolate('S1');
    net.change('S1', { type: 'remove', id: 'S3' });
    expect(roles(net, 'S1')).not.toHaveProperty('S3');
    net.take();
    net.heal();
    net.receive('S1', 'S2', snapshotRequest({ ...whole, term: 9 }));
    expect(roles(net, 'S1')).toHaveProperty('S3');
    expect(net.status('S1').configuration.index).toBe(1);
  });

  test('promises the snapshot only once its own log begins behind it on disk', () => {
    const net = follower(1);
    net.slowDisk('S1');
    net.receive('S1', 'S2', whole);
    expect(net.sent({ to: 'S2' })).toEqual([]);
    expect(net.status('S1').durableIndex).toBe(0);
    expect(net.server('S1').writes).toMatchObject([{ base: { index: 3, term: 1 }, commit: 3 }]);
    net.persist('S1');
    expect(net.sent({ to: 'S2' })).toMatchObject([{ done: true }]);
    expect(net.status('S1').durableIndex).toBe(3);
  });

  test('a crash after the install finds the snapshot, and no entry of the old log', () => {
    const net = follower(1, 1, 2, 2);
    net.receive('S1', 'S2', whole);
    net.restart('S1');
    expect(net.status('S1')).toMatchObject({ commitIndex: 3, lastIndex: 3, lastTerm: 1 });
    expect(net.applied('S1')).toEqual(['a', 'b']);
  });

  test('a snapshot that comes late is answered as done and changes nothing (etcd#1763)', () => {
    const net = follower(1, 1, 1, 4);
    net.receive('S1', 'S2', appendRequest({ term: 4, prevIndex: 4, prevTerm: 4, commit: 4 }));
    net.take();
    net.receive('S1', 'S2', whole);
    expect(net.sent({ to: 'S2' })).toMatchObject([{ done: true, index: 3 }]);
    expect(net.status('S1')).toMatchObject({ commitIndex: 4, lastIndex: 4 });
    expect(net.server('S1').shelf.latest).toBeNull();
  });

  test('and so is one of which the log does not even hold the last entry any more', () => {
    const net = follower(1, 1, 1, 4);
    net.receive('S1', 'S2', appendRequest({ term: 4, prevIndex: 4, prevTerm: 4, commit: 4 }));
    net.takeSnapshot('S1');
    net.take();
    net.receive('S1', 'S2', whole);
    expect(net.sent({ to: 'S2' })).toMatchObject([{ done: true, index: 3 }]);
    expect(net.status('S1')).toMatchObject({ commitIndex: 4, snapshotIndex: 4, installing: null });
  });

  test('and so is one that is overtaken while it is received', () => {
    const net = follower(1, 1, 1, 4);
    const { core } = net.server('S1');
    const say = (message: Message) =>
      core.step(0, { type: 'message', from: 'S2', incarnation: 'S2#1', message });
    const snapshot: SnapshotInfo = { ...whole.snapshot, index: 4, term: 5 };
    say({ ...snapshotRequest({ term: 5 }), snapshot });
    const entries = [command(4, 5), command(5, 5)];
    say(appendRequest({ term: 5, prevIndex: 3, prevTerm: 1, entries, commit: 5 }));
    const stored = core.step(0, { type: 'snapshot-stored', snapshot, received: snapshot.bytes });
    expect(stored).toMatchObject({ snapshots: [], committed: [], write: null });
    expect(stored.messages).toMatchObject([{ message: { done: true } }]);
    expect(core.status(0)).toMatchObject({ commitIndex: 5, lastIndex: 5, snapshotIndex: 4 });
  });

  test('the session of the stream is echoed', () => {
    const net = follower(1);
    net.receive('S1', 'S2', { ...first, session: 7 });
    net.receive('S1', 'S2', { ...second, session: 8 });
    expect(net.sent({ to: 'S2' })).toMatchObject([{ session: 7 }, { session: 8, done: true }]);
  });

  test('a piece counts as contact with the leader (redpanda#30817)', () => {
    const net = follower(1);
    net.now += 400;
    net.receive('S1', 'S2', first);
    expect(net.status('S1').leaderContactMs).toBe(0);
    expect(net.status('S1').electionInMs).toBeGreaterThanOrEqual(500);
  });

  test('a node that cannot write takes none', () => {
    const net = follower(1);
    net.slowDisk('S1');
    net.receive('S1', 'S2', heartbeat({ term: 5 }));
    net.failWrite('S1');
    net.take();
    net.receive('S1', 'S2', snapshotRequest({ term: 5 }));
    expect(net.sent()).toEqual([]);
    expect(net.status('S1')).toMatchObject({ installing: null, lastIndex: 1 });
  });

  test('a leader that has changed begins its own snapshot', () => {
    const net = follower(1);
    net.receive('S1', 'S2', first);
    net.receive('S1', 'S3', heartbeat({ term: 5 }));
    const other: SnapshotInfo = { ...whole.snapshot, id: 'S3-3' };
    net.receive('S1', 'S3', snapshotRequest({ term: 5, snapshot: other }));
    expect(net.applied('S1')).toEqual(['a', 'b']);
  });

  test('the store ends what it is busy with, whoever leads meanwhile', () => {
    const net = follower(1);
    const { core } = net.server('S1');
    const say = (from: string, message: Message) =>
      core.step(0, { type: 'message', from, incarnation: `${from}#1`, message });
    expect(say('S2', whole).snapshots).toHaveLength(1);
    const other: SnapshotInfo = { ...whole.snapshot, id: 'S3-3' };
    const later = snapshotRequest({ term: 5, snapshot: other });
    expect(say('S3', later).snapshots).toEqual([]);
    const { snapshot } = whole;
    const stored = core.step(0, { type: 'snapshot-stored', snapshot, received: snapshot.bytes });
    expect(stored.snapshots).toEqual([{ type: 'restore', snapshot }]);
    expect(say('S3', later)).toMatchObject({
      snapshots: [],
      messages: [{ message: { done: true } }],
    });
  });

  test.each([
    ['stands for nothing', { index: 0 }],
    ['is of a later term than its leader', { term: 5 }],
    [
      'names a configuration that is later than itself',
      { configuration: { index: 4, members: [], outgoing: null } },
    ],
    ['is shorter than its piece', { bytes: 3 }],
  ])('ignores a snapshot that %s', (_, fields) => {
    const net = follower(1);
    net.receive('S1', 'S2', { ...whole, snapshot: { ...whole.snapshot, ...fields } });
    expect(net.events('S1', 'bad-message')).toHaveLength(1);
    expect(net.status('S1')).toMatchObject({ installing: null, lastIndex: 1 });
  });
});

describe('§7 a follower whose log begins behind a base', () => {
  function compacted(): Network {
    const net = new Network({ logs: { S1: [1, 1, 1] }, limits });
    net.receive('S1', 'S2', snapshotRequest({ term: 4 }));
    net.receive(
      'S1',
      'S2',
      appendRequest({ term: 4, prevIndex: 3, prevTerm: 1, entries: [command(4, 4)], commit: 3 }),
    );
    net.takeSnapshot('S1');
    net.take();
    expect(net.log('S1')).toEqual([4]);
    return net;
  }

  test('takes a request that begins below it: there it is the leader’s log', () => {
    const net = compacted();
    const entries = [command(2, 1), command(3, 1), command(4, 4), command(5, 4)];
    net.receive('S1', 'S2', appendRequest({ term: 4, prevIndex: 1, prevTerm: 1, entries }));
    expect(net.log('S1')).toEqual([4, 4]);
    expect(net.sent({ to: 'S2' })).toMatchObject([{ match: 5 }]);
  });

  test('acknowledges its base to one that ends below it', () => {
    const net = compacted();
    net.receive('S1', 'S2', appendRequest({ term: 4, prevIndex: 1, entries: [command(2, 1)] }));
    expect(net.sent({ to: 'S2' })).toMatchObject([{ match: 3 }]);
  });

  test('refuses to have its base replaced', () => {
    const net = compacted();
    const entries = [command(2, 1), command(3, 2)];
    net.receive('S1', 'S2', appendRequest({ term: 4, prevIndex: 1, prevTerm: 1, entries }));
    expect(net.events('S1', 'bad-message')).toHaveLength(1);
    expect(net.log('S1')).toEqual([4]);
  });

  test('goes back to its base at most', () => {
    const net = compacted();
    net.receive('S1', 'S2', appendRequest({ term: 5, prevIndex: 4, prevTerm: 2 }));
    expect(net.sent({ to: 'S2' })).toMatchObject([{ conflictIndex: 3, conflictTerm: 1 }]);
  });
});

test('a heartbeat’s answer alone repeats no piece that is young', () => {
  const net = sending();
  const { session } = net.sent({ type: 'snapshot-request' })[0] as SnapshotResponse;
  const { term } = net.status('S1');
  net.take();
  net.receive('S1', 'S3', heartbeatResponse({ term, session }));
  expect(net.sent({ to: 'S3' })).toEqual([]);
});

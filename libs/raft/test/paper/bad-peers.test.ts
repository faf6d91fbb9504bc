import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { Input } from '../../src/core/input.js';
import type { SnapshotInfo } from '../../src/core/snapshot.js';
import { anyInput } from '../cluster/arbitrary.js';
import { Network } from '../cluster/network.js';

/** Servers to be talked to: a follower, a leader, one alone, one whose disk is slow, a blank one. */
const starts: Readonly<Record<string, () => Network>> = {
  'a follower': () => new Network({ logs: { S1: [1, 1, 2, 2] } }),
  'a leader': () => {
    const net = new Network();
    net.elect('S1');
    return net;
  },
  'one server alone': () => {
    const net = new Network({ members: ['S1'] });
    net.expire('S1');
    return net;
  },
  'a leader with a slow disk': () => {
    const net = new Network();
    net.elect('S1');
    net.slowDisk('S1');
    return net;
  },
  'a blank server': () => {
    const net = new Network({ members: [] });
    net.addBlank('S1');
    return net;
  },
};

const snapshot: SnapshotInfo = {
  index: 4,
  term: 0,
  configuration: { index: 0, members: [], outgoing: null },
  id: 'snapshot-4',
  bytes: 4,
};

/** What is installed stands for what the leader said, whatever the store calls it. */
const aStoreThatNamesALaterTerm: Input[] = [
  {
    type: 'message',
    from: 'S1',
    incarnation: 'S1#1',
    message: {
      type: 'snapshot-request',
      term: 2,
      session: 0,
      snapshot,
      offset: 0,
      data: Uint8Array.of(0),
    },
  },
  { type: 'snapshot-stored', snapshot: { ...snapshot, term: 3 }, received: 4 },
];

describe('what others send, however wrong', () => {
  test.prop([fc.constantFrom(...Object.keys(starts)), fc.array(anyInput, { maxLength: 40 })], {
    numRuns: 300,
    examples: [['a follower', aStoreThatNamesALaterTerm]],
  })(
    'never throws, and never turns back term, vote, commit index or the order of the log',
    (start, inputs) => {
      const net = starts[start]!();
      const { core } = net.server('S1');
      const votes = new Map<number, string | null>();
      let before = net.status('S1');
      for (const input of inputs) {
        net.now += 400;
        const { committed, snapshots } = core.step(net.now, input);
        const restored = snapshots.find((task) => task.type === 'restore');
        const after = net.status('S1');

        expect(after.term).toBeGreaterThanOrEqual(before.term);
        expect(after.durableIndex).toBeLessThanOrEqual(after.lastIndex);
        expect(after.commitIndex).toBeLessThanOrEqual(after.lastIndex);
        const handed = committed.map(({ index }) => index);
        const from = restored?.snapshot.index ?? before.commitIndex;
        expect(from).toBeGreaterThanOrEqual(before.commitIndex);
        expect(handed).toEqual(range(from + 1, after.commitIndex));

        const vote = votes.get(after.term) ?? after.votedFor;
        expect(after.votedFor).toBe(vote);
        votes.set(after.term, vote);
        if (after.role === 'leader') expect(after.leader).toBe('S1');
        expect(core.nextDeadline()).not.toBeNaN();

        const terms = net.log('S1');
        expect(terms).toEqual([...terms].sort((a, b) => a - b));
        expect(after.term).toBeGreaterThanOrEqual(after.lastTerm);
        before = after;
      }
    },
  );
});

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
}

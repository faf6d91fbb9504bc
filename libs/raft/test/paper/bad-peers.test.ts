import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
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

describe('what others send, however wrong', () => {
  test.prop([fc.constantFrom(...Object.keys(starts)), fc.array(anyInput, { maxLength: 40 })], {
    numRuns: 1500,
  })(
    'never throws, and never turns back term, vote, commit index or leadership',
    (start, inputs) => {
      const net = starts[start]!();
      const { core } = net.server('S1');
      const votes = new Map<number, string | null>();
      let before = net.status('S1');
      for (const each of inputs) {
        net.now += 400;
        const effects = core.step(net.now, each);
        const after = net.status('S1');

        expect(after.term).toBeGreaterThanOrEqual(before.term);
        expect(after.commitIndex).toBeGreaterThanOrEqual(before.commitIndex);
        expect(after.commitIndex).toBeLessThanOrEqual(after.lastIndex);
        expect(after.durableIndex).toBeLessThanOrEqual(after.lastIndex);
        expect(effects.committed.map(({ index }) => index)).toEqual(
          Array.from(
            { length: after.commitIndex - before.commitIndex },
            (_, i) => before.commitIndex + 1 + i,
          ),
        );
        const vote = votes.get(after.term) ?? after.votedFor;
        expect(after.votedFor).toBe(vote);
        votes.set(after.term, vote);
        if (after.role === 'leader') expect(after.leader).toBe('S1');
        expect(core.nextDeadline()).not.toBeNaN();
        before = after;
      }
    },
  );

  test.prop([fc.constantFrom(...Object.keys(starts)), fc.array(anyInput, { maxLength: 40 })], {
    numRuns: 500,
  })(
    'never makes the log skip an entry, go back in term, or hold one of a term to come',
    (start, inputs) => {
      const net = starts[start]!();
      const { core } = net.server('S1');
      for (const each of inputs) {
        net.now += 400;
        core.step(net.now, each);
        let term = 0;
        for (let index = 1; index <= core.lastIndex; index++) {
          const here = core.log.entryAt(index)!;
          expect(here.index).toBe(index);
          expect(here.term).toBeGreaterThanOrEqual(term);
          ({ term } = here);
        }
        expect(core.term).toBeGreaterThanOrEqual(term);
      }
    },
  );
});

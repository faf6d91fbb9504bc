import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { type Configuration, type Member, voters } from './configuration.js';
import {
  isQuorum,
  majority,
  reachedByMajority,
  reachedByQuorum,
  voteOutcome,
  votesMissing,
} from './quorum.js';

const values = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 9 });

describe('majority', () => {
  test.each([
    [1, 1],
    [2, 2],
    [3, 2],
    [4, 3],
    [5, 3],
    [6, 4],
    [7, 4],
  ])('of %i voters is %i', (voters, needed) => {
    expect(majority(voters)).toBe(needed);
  });

  test.prop([fc.integer({ min: 1, max: 1000 })])(
    'two majorities share a voter, and no smaller number would do',
    (voters) => {
      expect(2 * majority(voters)).toBeGreaterThan(voters);
      expect(2 * (majority(voters) - 1)).toBeLessThanOrEqual(voters);
    },
  );

  test.prop([fc.integer({ min: 1, max: 1000 })])(
    'majorities before and after adding one voter share a voter too (thesis §4.1)',
    (voters) => {
      expect(majority(voters) + majority(voters + 1)).toBeGreaterThan(voters + 1);
    },
  );
});

describe('what a majority has reached', () => {
  test.prop([values])(
    'is the highest value that so many are at or above, tried one by one',
    (reached) => {
      const isReached = (value: number) =>
        reached.filter((one) => one >= value).length >= majority(reached.length);
      const highest = Math.max(...reached.filter(isReached));
      expect(reachedByMajority(reached)).toBe(highest);
    },
  );

  test.prop([values, fc.nat({ max: 8 }), fc.nat({ max: 20 })])(
    'never falls when one voter goes on',
    (reached, which, by) => {
      const later = reached.map((one, i) => (i === which % reached.length ? one + by : one));
      expect(reachedByMajority(later)).toBeGreaterThanOrEqual(reachedByMajority(reached));
    },
  );

  test.prop([values])('does not depend on the order, and leaves the values alone', (reached) => {
    const before = [...reached];
    expect(reachedByMajority([...reached].reverse())).toBe(reachedByMajority(reached));
    expect(reached).toEqual(before);
  });

  test('is nothing where nobody votes', () => {
    expect(reachedByMajority([])).toBe(-Infinity);
  });
});

const ids = ['S1', 'S2', 'S3', 'S4', 'S5'];

const half: fc.Arbitrary<readonly Member[]> = fc
  .subarray(ids, { minLength: 1 })
  .chain((some) =>
    fc.tuple(...some.map((id) => fc.record({ id: fc.constant(id), isVoter: fc.boolean() }))),
  )
  .map((all) => all.map(({ id, isVoter }) => memberNamed(id, isVoter ? 'voter' : 'learner')));

const withVoter = half.filter((members) => voters({ members }).length > 0);

const configuration: fc.Arbitrary<Configuration> = fc.record({
  members: withVoter,
  outgoing: fc.option(withVoter),
});

const reachedBy = fc.record(
  Object.fromEntries(ids.map((id) => [id, fc.integer({ min: 0, max: 9 })])),
);

function memberNamed(id: string, role: Member['role']): Member {
  return { id, address: '', incarnation: '', role, promote: false, attributes: {} };
}

/** The rule as the thesis has it: a majority of the new, and while joint one of the old (§4.3). */
function decides({ members, outgoing }: Configuration, group: ReadonlySet<string>): boolean {
  return [members, outgoing ?? members].every((all) => {
    const electorate = voters({ members: all });
    return 2 * electorate.filter(({ id }) => group.has(id)).length > electorate.length;
  });
}

function* groups(): Generator<ReadonlySet<string>> {
  for (let bits = 0; bits < 2 ** ids.length; bits++) {
    yield new Set(ids.filter((_, at) => (bits >> at) % 2 === 1));
  }
}

describe('a quorum, joint or not (thesis §4.3)', () => {
  test.prop([configuration])('is a majority of each half, for every group there is', (all) => {
    for (const group of groups()) {
      expect(isQuorum(all, ({ id }) => group.has(id))).toBe(decides(all, group));
    }
  });

  test.prop([configuration, reachedBy])(
    'has reached the highest index that some deciding group has reached, tried one by one',
    (all, reached) => {
      const lowest = (group: ReadonlySet<string>) =>
        Math.min(...[...group].map((id) => reached[id] ?? 0));
      const deciding = [...groups()].filter((group) => decides(all, group));
      const highest = Math.max(...deciding.map(lowest));
      expect(reachedByQuorum(all, ({ id }) => reached[id] ?? 0)).toBe(highest);
    },
  );

  test.prop([configuration, fc.dictionary(fc.constantFrom(...ids), fc.boolean())])(
    'has won once it has voted yes, has lost once it cannot win any more, and is open else',
    (all, votes) => {
      const saying = (wanted: readonly unknown[]) =>
        new Set(ids.filter((id) => wanted.includes(votes[id])));
      const won = decides(all, saying([true]));
      const mayWin = decides(all, saying([true, undefined]));
      const outcome = voteOutcome(all, ({ id }) => votes[id]);
      expect(outcome).toBe(won ? 'won' : mayWin ? 'open' : 'lost');
    },
  );

  test.prop([configuration, fc.subarray(ids)])(
    'misses as many votes as the fewest that would make it one, tried one by one',
    (all, given) => {
      const sizes = [...groups()]
        .filter((group) => given.every((id) => group.has(id)) && decides(all, group))
        .map(({ size }) => size - given.length);
      const missing = votesMissing(all, ({ id }) => given.includes(id) || undefined);
      expect(missing).toBe(Math.min(...sizes));
    },
  );

  test('where nobody votes, nobody decides', () => {
    const none = { members: [], outgoing: null };
    expect(isQuorum(none, () => true)).toBe(false);
    expect(voteOutcome(none, () => true)).toBe('lost');
  });
});

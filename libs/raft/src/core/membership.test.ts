import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import {
  type ChangeRequest,
  type Configuration,
  findMember,
  type Member,
  type MembershipChange,
  type PlacedConfiguration,
  voters,
} from './configuration.js';
import { changed } from './membership.js';
import { isQuorum } from './quorum.js';

const id = fc.constantFrom('S1', 'S2', 'S3', 'S4', 'S5');

const member: fc.Arbitrary<Member> = fc.record({
  id,
  address: fc.constantFrom('a:1', 'b:2', 'c:3', 'd:4', 'e:5'),
  incarnation: fc.constantFrom('first', 'second'),
  role: fc.constantFrom('voter', 'learner'),
  promote: fc.boolean(),
  attributes: fc.constant({}),
});

const configuration: fc.Arbitrary<PlacedConfiguration> = fc
  .uniqueArray(member, { selector: (one) => one.id, minLength: 1, maxLength: 5 })
  .filter((members) => voters({ members }).length > 0)
  .map((members) => placed(members));

const change: fc.Arbitrary<MembershipChange> = fc.oneof(
  member.map(({ role: _, ...joining }) => ({ type: 'add' as const, member: joining })),
  fc.record({ type: fc.constantFrom('promote', 'demote', 'remove'), id }),
);

const changes = fc.array(change, { minLength: 1, maxLength: 4 });

function placed(members: readonly Member[]): PlacedConfiguration {
  return { index: 1, members, outgoing: null };
}

function all(...wanted: readonly MembershipChange[]): ChangeRequest {
  return { changes: wanted, expectedIndex: null };
}

const ids = ({ members }: Configuration) => members.map((one) => one.id).sort();

/** A voter under another incarnation is another voter. */
const names = (members: readonly Member[]) =>
  voters({ members }).map((one) => `${one.id}#${one.incarnation}`);

/** Every set of volumes that both configurations name. */
function* subsetsOf(one: Configuration, other: Configuration): Generator<ReadonlySet<string>> {
  const everybody = [
    ...new Set([one, other].flatMap((each) => names([...each.members, ...(each.outgoing ?? [])]))),
  ];
  for (let bits = 0; bits < 2 ** everybody.length; bits++) {
    yield new Set(everybody.filter((_, at) => (bits >> at) % 2 === 1));
  }
}

/** No set of voters decides in the one while all the others decide in the other. */
function shareAQuorum(one: Configuration, other: Configuration): boolean {
  for (const group of subsetsOf(one, other)) {
    const isIn = (voter: Member) => group.has(`${voter.id}#${voter.incarnation}`);
    if (isQuorum(one, isIn) && isQuorum(other, (voter) => !isIn(voter))) return false;
  }
  return true;
}

describe('the configuration after changes', () => {
  test.prop([configuration, changes])(
    'has no quorum without a voter of each quorum before it (thesis §4.1, §4.3)',
    (before, wanted) => {
      const after = changed(before, all(...wanted));
      if (typeof after !== 'string') expect(shareAQuorum(before, after)).toBe(true);
    },
  );

  test.prop([configuration, fc.array(changes, { maxLength: 5 })])(
    'nor has one that any sequence of changes leads to, joint ones and their ends included',
    (first, requests) => {
      let now = first;
      const goTo = (next: Configuration) => {
        expect(shareAQuorum(now, next)).toBe(true);
        now = { ...next, index: now.index + 1 };
      };
      for (const wanted of requests) {
        const next = changed(now, all(...wanted));
        if (typeof next === 'string' || next === now) continue;
        goTo(next);
        if (next.outgoing !== null) goTo({ ...next, outgoing: null });
      }
    },
  );

  test.prop([configuration, changes])(
    'is joint if, and only if, more than one voter comes or goes; it then holds the old one whole',
    (before, wanted) => {
      const after = changed(before, all(...wanted));
      if (typeof after === 'string') return;
      const [old, young] = [names(before.members), names(after.members)];
      const gone = old.filter((name) => !young.includes(name));
      const come = young.filter((name) => !old.includes(name));
      expect(after.outgoing).toBe(gone.length + come.length > 1 ? before.members : null);
    },
  );

  test.prop([configuration, change])('of one server are never joint', (before, wanted) => {
    const after = changed(before, all(wanted));
    if (typeof after !== 'string') expect(after.outgoing).toBeNull();
  });

  test.prop([configuration, changes])(
    'always has a voter, and names nobody twice',
    (before, wanted) => {
      const after = changed(before, all(...wanted));
      if (typeof after === 'string') return;
      expect(voters(after).length).toBeGreaterThan(0);
      expect(new Set(ids(after)).size).toBe(after.members.length);
    },
  );

  test.prop([configuration, change])('is the very same when it is made twice', (before, wanted) => {
    const once = changed(before, all(wanted));
    if (typeof once === 'string') return;
    const after = { ...once, index: 1 };
    if (wanted.type === 'remove') expect(changed(after, all(wanted))).toBe('unknown-member');
    else expect(changed(after, all(wanted))).toBe(after);
  });

  test.prop([configuration, changes])('leaves everybody else as they were', (before, wanted) => {
    const after = changed(before, all(...wanted));
    if (typeof after === 'string') return;
    const subjects = wanted.map((each) => (each.type === 'add' ? each.member.id : each.id));
    for (const one of before.members) {
      if (!subjects.includes(one.id)) expect(findMember(after, one.id)).toBe(one);
    }
  });

  test.prop([configuration, changes, fc.nat({ max: 3 })])(
    'is made only of the one that was expected',
    (before, wanted, expectedIndex) => {
      const after = changed(before, { changes: wanted, expectedIndex });
      if (expectedIndex === before.index) expect(after).toEqual(changed(before, all(...wanted)));
      else expect(after).toBe('configuration-changed');
    },
  );
});

const joining = { id: 'S4', address: 'd:4', incarnation: 'first', promote: true, attributes: {} };
const founder: Member = { ...joining, id: 'S1', address: 'a:1', role: 'voter', promote: false };
const cluster = placed([founder]);

describe('adding', () => {
  test('a new server comes in as a learner', () => {
    expect(changed(cluster, all({ type: 'add', member: joining }))).toMatchObject({
      members: [founder, { ...joining, role: 'learner' }],
    });
  });

  test('a member keeps its role, and gets its new address', () => {
    const moved = { ...joining, id: 'S1', address: 'e:5' };
    expect(changed(cluster, all({ type: 'add', member: moved }))).toMatchObject({
      members: [{ ...founder, address: 'e:5' }],
    });
  });

  test('an emptied voter becomes a learner again: it has forgotten what it promised', () => {
    const two = placed([founder, { ...founder, id: 'S4', address: 'd:4' }]);
    const emptied = { ...joining, incarnation: 'second' };
    expect(changed(two, all({ type: 'add', member: emptied }))).toMatchObject({
      members: [founder, { ...emptied, role: 'learner' }],
      outgoing: null,
    });
  });

  test('the only voter cannot be replaced by its emptied self: nobody would have the log', () => {
    const emptied = { ...joining, id: 'S1', incarnation: 'second' };
    expect(changed(cluster, all({ type: 'add', member: emptied }))).toBe('last-voter');
  });

  test('attributes in another order are no change', () => {
    const one = placed([{ ...founder, attributes: { a: '1', b: '2' } }]);
    const same = { ...founder, attributes: { b: '2', a: '1' } };
    expect(changed(one, all({ type: 'add', member: same }))).toBe(one);
  });

  test('an address that another member has is refused', () => {
    const double = { ...joining, address: founder.address };
    expect(changed(cluster, all({ type: 'add', member: double }))).toBe('address-in-use');
  });

  test('an address becomes free with the member that leaves it, in the same change', () => {
    const heir = { ...joining, address: founder.address };
    const wanted = all(
      { type: 'add', member: heir },
      { type: 'promote', id: 'S4' },
      { type: 'remove', id: 'S1' },
    );
    expect(changed(cluster, wanted)).toMatchObject({
      members: [{ ...heir, role: 'voter', promote: false }],
      outgoing: [founder],
    });
  });

  test('what a later version has written into a member or a configuration survives', () => {
    const later = { ...placed([{ ...founder, weight: 3 } as Member]), rack: 'a' };
    const moved = { ...joining, id: 'S1', address: 'e:5' };
    expect(changed(later, all({ type: 'add', member: moved }))).toMatchObject({
      rack: 'a',
      members: [{ address: 'e:5', weight: 3 }],
    });
  });
});

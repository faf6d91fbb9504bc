import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import {
  type Configuration,
  findMember,
  type Member,
  type MembershipChange,
  voters,
} from './configuration.js';
import { changed } from './membership.js';
import { majority } from './quorum.js';

const id = fc.constantFrom('S1', 'S2', 'S3', 'S4', 'S5');

const member: fc.Arbitrary<Member> = fc.record({
  id,
  address: fc.constantFrom('a:1', 'b:2'),
  incarnation: fc.constantFrom('first', 'second'),
  role: fc.constantFrom('voter', 'learner'),
  promote: fc.boolean(),
  attributes: fc.constant({}),
});

const configuration: fc.Arbitrary<Configuration> = fc
  .uniqueArray(member, { selector: (one) => one.id, minLength: 1, maxLength: 5 })
  .filter((members) => voters({ members }).length > 0)
  .map((members) => ({ members }));

const change: fc.Arbitrary<MembershipChange> = fc.oneof(
  member.map(({ role: _, ...joining }) => ({ type: 'add' as const, member: joining })),
  fc.record({ type: fc.constantFrom('promote', 'demote', 'remove'), id }),
);

const ids = ({ members }: Configuration) => members.map((one) => one.id).sort();

describe('the configuration after a change', () => {
  test.prop([configuration, change])(
    'differs by at most one voter, so that old and new majorities overlap (thesis §4.1)',
    (before, wanted) => {
      const after = changed(before, wanted);
      if (typeof after === 'string') return;
      // A voter under another incarnation is another voter.
      const names = (one: Configuration) =>
        voters(one).map((each) => `${each.id}#${each.incarnation}`);
      const gone = names(before).filter((name) => !names(after).includes(name));
      const come = names(after).filter((name) => !names(before).includes(name));
      expect(gone.length + come.length).toBeLessThanOrEqual(1);
      const all = new Set([...names(before), ...names(after)]).size;
      expect(majority(names(before).length) + majority(names(after).length)).toBeGreaterThan(all);
    },
  );

  test.prop([configuration, change])(
    'always has a voter, and names nobody twice',
    (before, wanted) => {
      const after = changed(before, wanted);
      if (typeof after === 'string') return;
      expect(voters(after).length).toBeGreaterThan(0);
      expect(new Set(ids(after)).size).toBe(after.members.length);
    },
  );

  test.prop([configuration, change])('is the very same when it is made twice', (before, wanted) => {
    const once = changed(before, wanted);
    if (typeof once === 'string') return;
    if (wanted.type === 'remove') {
      expect(changed(once, wanted)).toBe(once === before ? before : 'unknown-member');
    } else {
      expect(changed(once, wanted)).toBe(once);
    }
  });

  test.prop([configuration, change])('leaves everybody else as they were', (before, wanted) => {
    const after = changed(before, wanted);
    if (typeof after === 'string') return;
    const subject = wanted.type === 'add' ? wanted.member.id : wanted.id;
    for (const one of before.members) {
      if (one.id !== subject) expect(findMember(after, one.id)).toBe(one);
    }
  });
});

describe('adding', () => {
  const joining = { id: 'S4', address: 'd:4', incarnation: 'first', promote: true, attributes: {} };
  const founder: Member = { ...joining, id: 'S1', role: 'voter', promote: false };
  const cluster: Configuration = { members: [founder] };

  test('a new server comes in as a learner', () => {
    expect(changed(cluster, { type: 'add', member: joining })).toEqual({
      members: [founder, { ...joining, role: 'learner' }],
    });
  });

  test('a member keeps its role, and gets its new address', () => {
    const moved = { ...joining, id: 'S1', address: 'e:5' };
    expect(changed(cluster, { type: 'add', member: moved })).toEqual({
      members: [{ ...founder, address: 'e:5' }],
    });
  });

  test('an emptied voter becomes a learner again: it has forgotten what it promised', () => {
    const two = { members: [founder, { ...founder, id: 'S4' }] };
    const emptied = { ...joining, incarnation: 'second' };
    expect(changed(two, { type: 'add', member: emptied })).toEqual({
      members: [founder, { ...emptied, role: 'learner' }],
    });
  });

  test('the only voter cannot be replaced by its emptied self: nobody would have the log', () => {
    const emptied = { ...joining, id: 'S1', incarnation: 'second' };
    expect(changed(cluster, { type: 'add', member: emptied })).toBe('last-voter');
  });

  test('attributes in another order are no change', () => {
    const one = { members: [{ ...founder, attributes: { a: '1', b: '2' } }] };
    const same = { ...founder, attributes: { b: '2', a: '1' } };
    expect(changed(one, { type: 'add', member: same })).toBe(one);
  });
});

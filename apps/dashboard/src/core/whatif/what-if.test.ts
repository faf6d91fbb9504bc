import { test as prop } from '@fast-check/vitest';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { killed, leading, member, process, three } from '../../../test/fixtures.js';
import { observed } from '../../../test/observed.js';
import { gradeOf } from './grade.js';
import { type Electorate, toleranceOf } from './quorum.js';
import { ifDown, ifMembers } from './what-if.js';

const ids = ['n1', 'n2', 'n3', 'n4', 'n5', 'n6'];
const some = fc.subarray(ids);
const voters = fc.subarray(ids, { minLength: 1 });

function subsets<T>(of: readonly T[]): T[][] {
  return of.reduce<T[][]>((all, one) => [...all, ...all.map((set) => [...set, one])], [[]]);
}

/** Whether these are more than half of each set of voters, counted one by one. */
const decides = (electorate: Electorate, working: readonly string[]) =>
  electorate.every((set) => {
    const yes = set.filter((id) => working.includes(id)).length;
    return yes > set.length - yes;
  });

prop.prop([fc.array(voters, { minLength: 1, maxLength: 2 }), some])(
  'the tolerance is what may be lost whoever it is, by trying all',
  (electorate, working) => {
    const survives = (lost: number) =>
      subsets(working)
        .filter((gone) => gone.length === lost)
        .every((gone) =>
          decides(
            electorate,
            working.filter((id) => !gone.includes(id)),
          ),
        );
    const tolerance = toleranceOf(electorate, working);
    expect(tolerance >= 0).toBe(decides(electorate, working));
    if (tolerance < 0) return;
    expect(survives(tolerance)).toBe(true);
    expect(survives(tolerance + 1)).toBe(false);
  },
);

test('a lost follower costs a voter, and the leader stays', () => {
  const { before, after } = ifDown(observed(), ['n3']);
  expect(before).toMatchObject({ quorum: 2, tolerance: 1, leader: 'n1' });
  expect(after).toMatchObject({ working: ['n1', 'n2'], tolerance: 0, leader: 'n1' });
});

test('a lost leader leaves none', () => {
  const whatIf = ifDown(observed(), ['n1']);
  expect(whatIf.after).toMatchObject({ tolerance: 0, leader: null });
  expect(gradeOf(whatIf)).toBe('dialog');
});

test('while two configurations are in force both have to agree', () => {
  const outgoing = ['n1', 'n4', 'n5'].map((id) => member(id));
  const view = observed({ n1: { words: leading('n1', { outgoing }) }, n4: { words: null } });
  expect(ifDown(view, ['n2']).after.tolerance).toBeLessThan(0);
});

test('removing a voter that is down lets the others lose one again', () => {
  const members = [...three, member('n4')];
  const view = observed({
    n1: { words: leading('n1', { members }) },
    n4: { process: process('n4', killed) },
  });
  const { before, after } = ifMembers(view, [{ type: 'remove', id: 'n4' }]);
  expect([before.tolerance, before.quorum]).toEqual([0, 3]);
  expect([after.tolerance, after.quorum]).toEqual([1, 2]);
});

test.each([
  [['n3'], 'click'],
  [['n1'], 'dialog'],
  [['n2', 'n3'], 'typed'],
] as const)('losing %j asks for %s', (gone, grade) => {
  expect(gradeOf(ifDown(observed(), gone))).toBe(grade);
});

test('losing data is graded as high as losing the quorum', () => {
  expect(gradeOf(ifDown(observed(), []), true)).toBe('typed');
});

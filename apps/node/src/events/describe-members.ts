import type { Configuration, Member } from '@quorate/raft';

/** `voters n1, n2; learner n3`, and while joint those that it comes from. */
export function describeMembers({ members, outgoing }: Configuration): string {
  const list = inGroups(members);
  return outgoing === null ? list : `${list}, together with the outgoing ${inGroups(outgoing)}`;
}

function inGroups(members: readonly Pick<Member, 'id' | 'role'>[]): string {
  const groups = (['voter', 'learner'] as const).flatMap((role) => {
    const ids = members.filter((member) => member.role === role).map(({ id }) => id);
    return ids.length === 0 ? [] : [`${role}${ids.length === 1 ? '' : 's'} ${ids.join(', ')}`];
  });
  return groups.length === 0 ? 'no members' : groups.join('; ');
}

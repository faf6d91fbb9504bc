import type { Member, MemberChange } from '@quorate/contract';

/**
 * What a node is to be: `voter` for one that comes in means as soon as it has caught up,
 * `voter-now` at once.
 */
export type Target = 'voter' | 'voter-now' | 'learner' | 'out';

/** A node that is no member, and could be one. */
export interface Candidate {
  readonly id: string;
  /** Where peers reach it, `host:port`. */
  readonly address: string;
}

/** A membership as somebody wants it: nodes that are not named stay what they are. */
export type Draft = Readonly<Record<string, Target>>;

/** The changes that lead there; none when it is so already. */
export function changesOf(
  draft: Draft,
  members: readonly Member[],
  candidates: readonly Candidate[],
): MemberChange[] {
  return [
    ...candidates.flatMap(({ id, address }) => coming(id, address, draft[id] ?? 'out')),
    ...members.flatMap(({ id, role }) => staying(id, role, draft[id] ?? role)),
  ];
}

function coming(id: string, address: string, target: Target): MemberChange[] {
  switch (target) {
    case 'out':
      return [];
    case 'learner':
      return [{ type: 'add', id, address, learner: true }];
    case 'voter':
      return [{ type: 'add', id, address }];
    case 'voter-now':
      return [
        { type: 'add', id, address },
        { type: 'promote', id },
      ];
  }
}

function staying(id: string, role: Member['role'], target: Target): MemberChange[] {
  if (target === role) return [];
  if (target === 'out') return [{ type: 'remove', id }];
  return [{ type: target === 'learner' ? 'demote' : 'promote', id }];
}

/**
 * Whether old and new voters will decide together for a while: more than one voter comes or goes
 * (thesis §4.3).
 */
export function isJoint(changes: readonly MemberChange[], members: readonly Member[]): boolean {
  const voters = new Set(members.filter(({ role }) => role === 'voter').map(({ id }) => id));
  const differing = changes.filter(({ type, id }) => {
    if (type === 'promote') return !voters.has(id);
    return (type === 'demote' || type === 'remove') && voters.has(id);
  });
  return differing.length > 1;
}

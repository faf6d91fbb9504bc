import {
  type Configuration,
  encodeConfiguration,
  findMember,
  type Member,
  type MembershipChange,
  voters,
} from './configuration.js';
import type { Refusal } from './message.js';
import { restartProgress, trackPeers } from './replication.js';
import type { RaftState } from './raft-state.js';

/**
 * The configuration after a change of one server, so that old and new majorities overlap
 * (thesis §4.1). The same configuration when there is nothing to change.
 */
export function changed(
  configuration: Configuration,
  change: MembershipChange,
): Configuration | Refusal {
  const id = change.type === 'add' ? change.member.id : change.id;
  const present = findMember(configuration, id);
  const next = nextMember(present, change);
  if (next === 'unknown-member') return next;
  if (next !== null && present !== undefined && isSame(next, present)) return configuration;

  const members =
    next === null
      ? configuration.members.filter((member) => member.id !== id)
      : present === undefined
        ? [...configuration.members, next]
        : configuration.members.map((member) => (member.id === id ? next : member));
  if (voters({ members }).length === 0) return 'last-voter';
  return { members };
}

/** What becomes of the member: null when it goes. */
function nextMember(
  present: Member | undefined,
  change: MembershipChange,
): Member | null | 'unknown-member' {
  if (change.type === 'add') {
    const { member } = change;
    // A new server has nothing, an emptied one has forgotten: both must catch up before they count.
    if (present?.incarnation !== member.incarnation) return { ...member, role: 'learner' };
    return { ...member, role: present.role, promote: present.role === 'learner' && member.promote };
  }
  if (present === undefined) return 'unknown-member';
  switch (change.type) {
    case 'promote':
      return { ...present, role: 'voter', promote: false };
    case 'demote':
      return { ...present, role: 'learner', promote: false };
    case 'remove':
      return null;
  }
}

function isSame(a: Member, b: Member): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(member: Member): unknown[] {
  const { id, address, incarnation, role, promote, attributes } = member;
  return [id, address, incarnation, role, promote, Object.entries(attributes).sort()];
}

/** Appends a changed configuration; where it stands, or why not (thesis §4.1). */
export function changeMembership(
  raft: RaftState,
  change: MembershipChange,
): { index: number; term: number } | Refusal {
  if (change.type === 'add' && raft.isOtherSelf(change.member)) return 'id-in-use';
  const next = changed(raft.configuration, change);
  if (typeof next === 'string') return next;
  if (next === raft.configuration) {
    const { index } = raft.configuration;
    return { index, term: raft.log.termAt(index) ?? 0 };
  }
  const refusal = unreadyForChange(raft);
  if (refusal !== null) return refusal;

  const before = raft.configuration;
  const entry = raft.appendNew('configuration', encodeConfiguration(next));
  for (const { id, incarnation } of raft.configuration.members) {
    const known = findMember(before, id);
    if (known !== undefined && known.incarnation !== incarnation) restartProgress(raft, id);
  }
  trackPeers(raft);
  return { index: entry.index, term: entry.term };
}

/**
 * One uncommitted change at a time, and none before an entry of the own term is committed: without
 * this, majorities of successive leaders need not overlap (Ongaro, raft-dev 2015).
 */
function unreadyForChange(raft: RaftState): Refusal | null {
  const { leadership } = raft;
  if (leadership === null) return 'not-leader';
  if (leadership.transfer !== null) return 'transfer-in-progress';
  if (raft.commitIndex < leadership.termStart) return 'leader-not-ready';
  if (!raft.configurationCommitted) return 'change-in-progress';
  return null;
}

/** Makes a voter of the first learner that is to become one and has caught up (thesis §4.2.1). */
export function promoteCaughtUp(raft: RaftState): void {
  if (unreadyForChange(raft) !== null) return;
  const ready = raft.configuration.members.find(({ id, role, promote }) => {
    const progress = raft.leadership?.progress.get(id);
    if (role !== 'learner' || !promote || progress === undefined) return false;
    return progress.state === 'replicate' && progress.match >= progress.catchUpTarget;
  });
  if (ready !== undefined) changeMembership(raft, { type: 'promote', id: ready.id });
}

/** A leader that is no voter any more leads only until that is committed (thesis §4.2.2). */
export function isRemovedLeader(raft: RaftState): boolean {
  return raft.configurationCommitted && !raft.votesIn(raft.configuration);
}

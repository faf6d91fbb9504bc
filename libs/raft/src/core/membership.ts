import {
  type ChangeRequest,
  type Configuration,
  encodeConfiguration,
  findMember,
  type Member,
  type MembershipChange,
  type PlacedConfiguration,
  voters,
} from './configuration.js';
import type { Entry } from './entry.js';
import type { Refusal } from './message.js';
import type { RaftState } from './raft-state.js';
import { restartProgress, trackPeers } from './streams.js';

/**
 * The configuration after these changes, or why there is none; the same configuration when there is
 * nothing to change. Where no more than one voter changes, old and new majorities overlap
 * (thesis §4.1); otherwise both decide together for a while (§4.3).
 */
export function changed(
  configuration: PlacedConfiguration,
  { changes, expectedIndex }: ChangeRequest,
): Configuration | Refusal {
  if (expectedIndex !== null && expectedIndex !== configuration.index) {
    return 'configuration-changed';
  }
  let { members } = configuration;
  for (const change of changes) {
    const next = withChange(members, change);
    if (next === 'unknown-member') return next;
    members = next;
  }
  if (members === configuration.members) return configuration;
  if (voters({ members }).length === 0) return 'last-voter';
  if (changes.some((change) => change.type === 'add' && isAddressTaken(members, change.member))) {
    return 'address-in-use';
  }
  const outgoing =
    differingVoters(configuration.members, members) > 1 ? configuration.members : null;
  return { ...configuration, members, outgoing };
}

function withChange(
  members: readonly Member[],
  change: MembershipChange,
): readonly Member[] | 'unknown-member' {
  const id = change.type === 'add' ? change.member.id : change.id;
  const present = members.find((member) => member.id === id);
  const next = nextMember(present, change);
  if (next === 'unknown-member') return next;
  if (next === null) return members.filter((member) => member !== present);
  if (present === undefined) return [...members, next];
  if (isSame(next, present)) return members;
  return members.map((member) => (member === present ? next : member));
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
    const promote = present.role === 'learner' && member.promote;
    return { ...present, ...member, role: present.role, promote };
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

/** Two members at one address: one of them would hear what is meant for the other. */
function isAddressTaken(
  members: readonly Member[],
  { id, address }: Pick<Member, 'id' | 'address'>,
): boolean {
  return members.some((member) => member.id !== id && member.address === address);
}

/** How many votes come or go. A voter under another incarnation is another voter. */
function differingVoters(before: readonly Member[], after: readonly Member[]): number {
  const names = (members: readonly Member[]) =>
    new Set(voters({ members }).map(({ id, incarnation }) => `${id}#${incarnation}`));
  const [old, young] = [names(before), names(after)];
  const inBoth = [...old].filter((name) => young.has(name)).length;
  return old.size + young.size - 2 * inBoth;
}

/** Appends a changed configuration; where it stands, or why not (thesis §4.1, §4.3). */
export function changeMembership(
  raft: RaftState,
  request: ChangeRequest,
): { index: number; term: number } | Refusal {
  const isDouble = (change: MembershipChange) =>
    change.type === 'add' && raft.isOtherSelf(change.member);
  if (request.changes.some(isDouble)) return 'id-in-use';
  const next = changed(raft.configuration, request);
  if (next === raft.configuration) {
    const { index } = raft.configuration;
    return { index, term: raft.log.termAt(index) ?? 0 };
  }
  // First things first: what is not committed yet may not be what there is in the end.
  const refusal = unreadyForChange(raft);
  if (refusal !== null) return refusal;
  if (typeof next === 'string') return next;
  const { index, term } = appendConfiguration(raft, next);
  return { index, term };
}

/**
 * A joint configuration that is committed gives way to the new one, by itself: under whoever leads,
 * also one that only found it in its log (thesis §4.3).
 */
export function leaveJoint(raft: RaftState): void {
  const { configuration } = raft;
  if (configuration.outgoing === null || unreadyToAppend(raft) !== null) return;
  appendConfiguration(raft, { ...configuration, outgoing: null });
}

function appendConfiguration(raft: RaftState, next: Configuration): Entry {
  const before = raft.configuration;
  const entry = raft.appendNew('configuration', encodeConfiguration(next));
  for (const { id, incarnation } of raft.configuration.members) {
    const known = findMember(before, id);
    if (known !== undefined && known.incarnation !== incarnation) restartProgress(raft, id);
  }
  trackPeers(raft);
  return entry;
}

function unreadyForChange(raft: RaftState): Refusal | null {
  if (raft.configuration.outgoing !== null) return 'change-in-progress';
  return unreadyToAppend(raft);
}

/**
 * One uncommitted configuration at a time, and none before an entry of the own term is committed:
 * without this, majorities of successive leaders need not overlap (Ongaro, raft-dev 2015).
 */
function unreadyToAppend(raft: RaftState): Refusal | null {
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
  if (ready === undefined) return;
  const changes = [{ type: 'promote', id: ready.id }] as const;
  changeMembership(raft, { changes, expectedIndex: null });
}

/** A leader that is no voter any more leads only until that is committed (thesis §4.2.2, §4.3). */
export function isRemovedLeader(raft: RaftState): boolean {
  return raft.configurationCommitted && !raft.votesIn(raft.configuration);
}

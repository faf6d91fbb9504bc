import type { Fault, Member as ToldMember, NodeStatus } from '@quorate/contract';
import type { Member, RaftStatus } from '@quorate/raft';
import { leaderOf, urlOf } from '../raft/raft-http-error.js';

/** What a node tells about itself, to curl and to the page alike. */
export function nodeStatus(
  status: RaftStatus,
  keys: number,
  faults: readonly Fault[] | null,
): NodeStatus {
  const { configuration } = status;
  return {
    id: status.id,
    clusterId: status.clusterId,
    role: status.role,
    term: status.term,
    votedFor: status.votedFor,
    leader: leaderOf(status.leader),
    firstIndex: status.firstIndex,
    lastIndex: status.lastIndex,
    lastTerm: status.lastTerm,
    commitIndex: status.commitIndex,
    appliedIndex: status.appliedIndex,
    durableIndex: status.durableIndex,
    members: configuration.members.map(asMember),
    outgoing: configuration.outgoing?.map(asMember) ?? null,
    configurationIndex: configuration.index,
    configurationCommitted: status.configurationCommitted,
    leaderContactMs: status.leaderContactMs,
    electionInMs: status.electionInMs,
    peers: [...status.peers],
    connections: [...status.connections],
    transferTo: status.transferTo,
    timing: { electionMs: [...status.timing.electionMs], heartbeatMs: status.timing.heartbeatMs },
    snapshotIndex: status.snapshotIndex,
    installing: status.installing,
    sessions: status.sessions.count,
    faults: faults === null ? null : [...faults],
    removed: status.removed,
    storageFault: status.storageFault,
    keys,
  };
}

function asMember({ id, address, role, attributes }: Member): ToldMember {
  return { id, address, role, url: urlOf(attributes) };
}

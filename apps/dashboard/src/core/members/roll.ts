import type { Member } from '@quorate/contract';
import type { ClusterView, NodeView } from '../cluster/cluster-view.js';
import { toleranceOf } from '../whatif/quorum.js';
import { type CatchUp, catchUpOf } from './catch-up.js';

/** One member, and what the cluster would be without it. */
export interface RollEntry {
  readonly member: Member;
  /** `leaving`: a voter of the old configuration only, while two are in force. */
  readonly part: Member['role'] | 'leaving';
  readonly node: NodeView | null;
  /** Its way to what is committed; null for the leader, and while nobody leads. */
  readonly catchUp: CatchUp | null;
  /** Up and, while there is a leader, following it. */
  readonly works: boolean;
  /** Whether nothing could be decided once it is lost. */
  readonly needed: boolean;
}

/** All members, those that are leaving at the end. */
export function rollOf(view: ClusterView): RollEntry[] {
  const { configuration, nodes, verdict } = view;
  const leader = nodes.find((node) => node.leads)?.status ?? null;
  const decides = toleranceOf(configuration.electorate, verdict.working) >= 0;
  const entry = (member: Member, part: RollEntry['part']): RollEntry => {
    const progress = leader?.peers.find(({ id }) => id === member.id);
    const others = verdict.working.filter((id) => id !== member.id);
    return {
      member,
      part,
      node: nodes.find(({ id }) => id === member.id) ?? null,
      catchUp: leader && progress ? catchUpOf(progress, leader.commitIndex) : null,
      works: verdict.working.includes(member.id),
      needed: decides && toleranceOf(configuration.electorate, others) < 0,
    };
  };
  return [
    ...configuration.members.map((member) => entry(member, member.role)),
    ...configuration.leaving.map((member) => entry(member, 'leaving')),
  ];
}

import type { Member, NodeStatus } from '@quorate/contract';
import { type Electorate, majorityOf, toleranceOf } from '../whatif/quorum.js';

/** The configuration that counts, and what a quorum of it is. */
export interface Configuration {
  readonly members: readonly Member[];
  /** While two configurations are in force: those of the old one that the new one does not name. */
  readonly leaving: readonly Member[];
  readonly voters: readonly string[];
  /** These voters, and while two configurations are in force those of the old one. */
  readonly electorate: Electorate;
  readonly quorum: number;
  readonly clusterId: string | null;
}

export interface Leadership {
  /** The leader's; without one the highest that any node told of; null when none is heard. */
  readonly term: number | null;
  /** The node that claims to lead in the highest term claimed; null when none does. */
  readonly leader: string | null;
  /** Voters that report this leader in this term, the leader among them. */
  readonly agreeing: readonly string[];
  /** Whether these are a quorum of the configured voters. */
  readonly confirmed: boolean;
}

/** Who claims to lead in the highest term. `testimonies` are fresh words of nodes about themselves. */
function claimant(testimonies: readonly NodeStatus[]): NodeStatus | null {
  const claims = testimonies.filter((node) => node.role === 'leader');
  return claims.reduce<NodeStatus | null>(
    (best, node) => (best && best.term >= node.term ? best : node),
    null,
  );
}

/**
 * The leader's configuration; without one, that of the node whose log has the newest. A node uses
 * the newest configuration in its log, committed or not (thesis 4.1), so the newest is what counts.
 *
 * @param lastWords words of nodes that are silent now: better than none
 */
export function configurationInForce(
  testimonies: readonly NodeStatus[],
  lastWords: readonly NodeStatus[],
): Configuration {
  const source =
    claimant(testimonies) ?? newestConfiguration(testimonies) ?? newestConfiguration(lastWords);
  const members = source?.members ?? [];
  const voters = votersOf(members);
  const outgoing = source?.outgoing ?? null;
  return {
    members,
    leaving: (outgoing ?? []).filter(({ id }) => !members.some((member) => member.id === id)),
    voters,
    electorate: outgoing ? [voters, votersOf(outgoing)] : [voters],
    quorum: majorityOf(voters.length),
    clusterId: source?.clusterId ?? null,
  };
}

const votersOf = (members: readonly Member[]) =>
  members.filter((member) => member.role === 'voter').map((member) => member.id);

function newestConfiguration(words: readonly NodeStatus[]): NodeStatus | null {
  return words
    .filter((node) => node.members.length > 0)
    .reduce<NodeStatus | null>((best, node) => (best && !isNewer(node, best) ? best : node), null);
}

function isNewer(a: NodeStatus, b: NodeStatus): boolean {
  return a.lastTerm === b.lastTerm
    ? a.configurationIndex > b.configurationIndex
    : a.lastTerm > b.lastTerm;
}

/** Everybody whose vote counts, in the new configuration or the old one. */
export const electors = ({ electorate }: Configuration): string[] => [
  ...new Set(electorate.flat()),
];

/** No node's answer is the truth: a leader is one whom a quorum of the configured voters reports. */
export function leadershipOf(
  testimonies: readonly NodeStatus[],
  configuration: Configuration,
): Leadership {
  const claim = claimant(testimonies);
  if (!claim) {
    const terms = testimonies.map((node) => node.term);
    const term = terms.length === 0 ? null : Math.max(...terms);
    return { term, leader: null, agreeing: [], confirmed: false };
  }
  const agreeing = testimonies
    .filter((node) => electors(configuration).includes(node.id))
    .filter((node) => node.term === claim.term && node.leader?.id === claim.id)
    .map((node) => node.id);
  return {
    term: claim.term,
    leader: claim.id,
    agreeing,
    confirmed: toleranceOf(configuration.electorate, agreeing) >= 0,
  };
}

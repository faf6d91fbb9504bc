import type { NodeStatus } from '@quorate/contract';
import {
  configurationInForce,
  leadershipOf,
  type Configuration,
  type Leadership,
} from './leadership.js';
import { vitalityOf, type Link, type Observation, type Vitality } from './observation.js';
import { verdictOf, type Verdict } from './verdict.js';

/**
 * - `blank`: belongs to no cluster yet
 * - `outsider`: belongs to a cluster, and the configuration in force does not name it
 * - `unknown`: has not said a word yet
 */
export type Membership = 'voter' | 'learner' | 'blank' | 'outsider' | 'unknown';

/** Where a node's own words differ from the leader's. */
export interface Differences {
  readonly term: boolean;
  readonly leader: boolean;
  readonly configuration: boolean;
  /** Entries that the leader has committed and this node has not; 0 when it has them all. */
  readonly behind: number;
  /** Behind for so long that it is more than entries on their way. */
  readonly lagging: boolean;
}

export interface NodeView extends Observation {
  readonly vitality: Vitality;
  readonly membership: Membership;
  /** Age of its last word, ms; null when it never said one. */
  readonly ageMs: number | null;
  /** Whether this page takes it for the leader. */
  readonly leads: boolean;
  readonly differs: Differences;
}

/** Everything that the page shows, as of one moment. */
export interface ClusterView {
  /** Page time: the wall clock, ms since 1970. */
  readonly at: number;
  readonly supervisor: Link;
  /** By id, n2 before n10. */
  readonly nodes: readonly NodeView[];
  readonly configuration: Configuration;
  readonly leadership: Leadership;
  readonly verdict: Verdict;
  /** The highest index in any live node's log. */
  readonly lastIndex: number;
  /** Entries committed in each of the last seconds, oldest first. */
  readonly commitRates: readonly number[];
}

export interface Observed {
  readonly supervisor: Link;
  readonly observations: readonly Observation[];
  /** What each node said a moment ago, by id: who has not reached by now what was committed then lags. */
  readonly earlier: ReadonlyMap<string, NodeStatus>;
  readonly commitRates: readonly number[];
  readonly at: number;
}

export function viewOf(observed: Observed): ClusterView {
  const { supervisor, at } = observed;
  const seen = observed.observations.map((observation) => ({
    observation,
    vitality: vitalityOf(observation, supervisor, at),
  }));
  const live = seen.filter((node) => node.vitality === 'live');
  const testimonies = statuses(live.map((node) => node.observation));
  const configuration = configurationInForce(testimonies, statuses(observed.observations));
  const leadership = leadershipOf(testimonies, configuration);
  const leader = testimonies.find((status) => status.id === leadership.leader) ?? null;

  const nodes = seen
    .map(({ observation, vitality }): NodeView => {
      const { id, status, heardAt } = observation;
      const differs = differences(vitality === 'live' ? status : null, leader);
      return {
        ...observation,
        vitality,
        membership: membershipOf(id, status, configuration),
        ageMs: heardAt === null ? null : at - heardAt,
        leads: id === leadership.leader,
        differs: { ...differs, lagging: lags(status, differs.behind, observed, leadership.leader) },
      };
    })
    .sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));

  return {
    at,
    supervisor,
    nodes,
    configuration,
    leadership,
    verdict: verdictOf({ supervisor, nodes, configuration, leadership }),
    lastIndex: Math.max(0, ...testimonies.map((status) => status.lastIndex)),
    commitRates: observed.commitRates,
  };
}

export const emptyView = viewOf({
  supervisor: 'connecting',
  observations: [],
  earlier: new Map(),
  commitRates: [],
  at: 0,
});

/** Its own configuration is asked first for a blank node only: the cluster decides who is in. */
function membershipOf(
  id: string,
  status: NodeStatus | null,
  configuration: Configuration,
): Membership {
  // While two configurations are in force, who is leaving is a member still.
  const all = [...configuration.members, ...configuration.leaving];
  const member = all.find((candidate) => candidate.id === id);
  const blank = status !== null && status.clusterId === null;
  // A member that was wiped is blank, whatever the others still call it.
  if (blank) return 'blank';
  if (member && (status === null || status.clusterId === configuration.clusterId)) {
    return member.role;
  }
  return status === null ? 'unknown' : 'outsider';
}

function differences(
  status: NodeStatus | null,
  leader: NodeStatus | null,
): Omit<Differences, 'lagging'> {
  if (!status || !leader || status.id === leader.id || status.clusterId !== leader.clusterId) {
    return { term: false, leader: false, configuration: false, behind: 0 };
  }
  return {
    term: status.term !== leader.term,
    leader: status.leader?.id !== leader.id,
    configuration: status.configurationIndex !== leader.configurationIndex,
    behind: Math.max(0, leader.commitIndex - status.commitIndex),
  };
}

function lags(
  status: NodeStatus | null,
  behind: number,
  { earlier }: Observed,
  leader: string | null,
): boolean {
  const then = leader === null ? undefined : earlier.get(leader);
  return behind > 0 && status !== null && status.commitIndex < (then?.commitIndex ?? 0);
}

function statuses(observations: readonly Observation[]): NodeStatus[] {
  return observations.flatMap(({ status }) => (status ? [status] : []));
}

import { toleranceOf } from '../whatif/quorum.js';
import type { NodeView } from './cluster-view.js';
import { electors, type Configuration, type Leadership } from './leadership.js';
import type { Link } from './observation.js';
import {
  away,
  campaigns,
  find,
  laggards,
  newcomers,
  type Reason,
  type Share,
  type Trouble,
  troubles,
} from './reasons.js';

/**
 * - `connecting`: nobody has said a word yet
 * - `disconnected`: neither the supervisor nor any node answers
 * - `empty`: nodes, but none belongs to a cluster; or no nodes
 * - `quorum-lost`: too few voters are up to decide anything
 * - `no-leader`: enough voters are up, and none leads
 * - `at-risk`: works, with less safety than its configuration promises, or with none to spare
 * - `healthy`: every voter is up and follows, and at least one may be lost
 */
export type Health =
  'connecting' | 'disconnected' | 'empty' | 'quorum-lost' | 'no-leader' | 'at-risk' | 'healthy';

/** What a verdict says first. */
export type Headline =
  | { readonly kind: 'connecting' | 'starting' | 'disconnected' | 'no-nodes' | 'no-cluster' }
  | ({ readonly kind: 'quorum-lost' } & Share)
  | { readonly kind: 'contested'; readonly claimant: string }
  | {
      readonly kind: 'no-leader';
      readonly because: Trouble | null;
      /** Whether somebody stands for election already. */
      readonly electing: boolean;
    }
  | { readonly kind: 'healthy' | 'at-risk'; readonly tolerance: number };

export interface Verdict {
  readonly health: Health;
  readonly headline: Headline;
  /** Why, and what to do. */
  readonly reasons: readonly Reason[];
  /** How many more voters may be lost before writes stop; negative when too many are lost. */
  readonly tolerance: number | null;
  /** Voters that are up and, while there is a leader, follow it. */
  readonly working: readonly string[];
}

export interface Situation {
  readonly supervisor: Link;
  readonly nodes: readonly NodeView[];
  readonly configuration: Configuration;
  readonly leadership: Leadership;
}

/** What the cluster can do now, with reasons: from what was observed and nothing else. */
export function verdictOf(situation: Situation): Verdict {
  return (
    unseen(situation) ??
    empty(situation) ??
    quorumLost(situation) ??
    noLeader(situation) ??
    working(situation)
  );
}

const nothing = { tolerance: null, working: [] };

function unseen({ supervisor, nodes }: Situation): Verdict | null {
  if (nodes.some((node) => node.vitality === 'live')) return null;
  if (supervisor === 'open') return null;
  if (supervisor === 'connecting' && nodes.length === 0) {
    const reasons = [{ kind: 'waiting-for-list' } as const];
    return { health: 'connecting', headline: { kind: 'connecting' }, reasons, ...nothing };
  }
  const reasons = [{ kind: 'old' }, { kind: 'start-cluster' }] as const;
  return { health: 'disconnected', headline: { kind: 'disconnected' }, reasons, ...nothing };
}

function empty({ nodes, configuration }: Situation): Verdict | null {
  if (configuration.members.length > 0) return null;
  if (nodes.length === 0) {
    const reasons = [{ kind: 'add-node' } as const];
    return { health: 'empty', headline: { kind: 'no-nodes' }, reasons, ...nothing };
  }
  const live = nodes.filter((node) => node.vitality === 'live');
  if (live.length === 0 && nodes.some((node) => node.vitality === 'starting')) {
    const reasons = [{ kind: 'waiting-for', nodes: nodes.map((node) => node.id) } as const];
    return { health: 'connecting', headline: { kind: 'starting' }, reasons, ...nothing };
  }
  const reasons: Reason[] = [{ kind: live.length > 0 ? 'bootstrap' : 'start-node' }];
  return { health: 'empty', headline: { kind: 'no-cluster' }, reasons, ...nothing };
}

function quorumLost(situation: Situation): Verdict | null {
  const { nodes, configuration } = situation;
  const up = upOf(situation);
  const tolerance = toleranceOf(configuration.electorate, up);
  if (tolerance >= 0) return null;
  const down = electors(configuration).filter((id) => !up.includes(id));
  return {
    health: 'quorum-lost',
    headline: { kind: 'quorum-lost', ...shareOf(up, configuration) },
    reasons: [
      ...down.map((id) => away(id, find(nodes, id))),
      { kind: 'voters-needed', missing: -tolerance },
    ],
    tolerance,
    working: up,
  };
}

function noLeader(situation: Situation): Verdict | null {
  const { nodes, configuration, leadership } = situation;
  if (leadership.confirmed) return null;
  const up = upOf(situation);
  const tolerance = toleranceOf(configuration.electorate, up);
  const base = { health: 'no-leader', tolerance, working: up } as const;
  if (leadership.leader !== null) {
    return {
      ...base,
      headline: { kind: 'contested', claimant: leadership.leader },
      reasons: [...agreement(situation), ...troubles(situation)],
    };
  }
  const standing = campaigns(nodes);
  const [first = null, ...others] = troubles(situation);
  return {
    ...base,
    headline: { kind: 'no-leader', because: first, electing: standing.length > 0 },
    reasons: [...others, ...standing, { kind: 'enough-to-elect', ...shareOf(up, configuration) }],
  };
}

function working(situation: Situation): Verdict {
  const { nodes, configuration, leadership } = situation;
  const tolerance = toleranceOf(configuration.electorate, leadership.agreeing);
  const because = [...troubles(situation), ...laggards(nodes)];
  const health = tolerance > 0 && because.length === 0 ? 'healthy' : 'at-risk';
  const tooFew: Reason[] =
    because.length === 0 && tolerance <= 0
      ? [{ kind: 'too-few-voters', voters: configuration.voters.length }]
      : [];
  return {
    health,
    headline: { kind: health, tolerance },
    reasons: [...because, ...tooFew, ...agreement(situation), ...newcomers(nodes)],
    tolerance,
    working: leadership.agreeing,
  };
}

function agreement({ configuration, leadership }: Situation): Reason[] {
  const { leader, term, agreeing } = leadership;
  if (leader === null || term === null) return [];
  return [{ kind: 'agreement', leader, term, ...shareOf(agreeing, configuration) }];
}

const shareOf = (some: readonly string[], { voters, quorum }: Configuration): Share => ({
  some: some.filter((id) => voters.includes(id)).length,
  voters: voters.length,
  quorum,
});

const upOf = ({ nodes, configuration }: Situation) =>
  electors(configuration).filter((id) => find(nodes, id)?.vitality === 'live');

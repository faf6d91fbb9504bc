import type { NodeView } from './cluster-view.js';
import type { Configuration, Leadership } from './leadership.js';
import { vitalityInWords, type Link } from './observation.js';
import { count, list } from '../words.js';

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

export interface Verdict {
  readonly health: Health;
  /** A sentence. */
  readonly headline: string;
  /** Why, and what to do: sentences. */
  readonly reasons: readonly string[];
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

/** What the cluster can do now, in words with reasons: from what was observed and nothing else. */
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
    const reasons = ['Waiting for the supervisor to list the nodes.'];
    return { health: 'connecting', headline: 'Connecting…', reasons, ...nothing };
  }
  return {
    health: 'disconnected',
    headline: 'Disconnected: neither the supervisor nor any node answers.',
    reasons: [
      'What stands below is what was last heard. This page connects again by itself.',
      'If the cluster was stopped, start it with: npm start',
    ],
    ...nothing,
  };
}

function empty({ nodes, configuration }: Situation): Verdict | null {
  if (configuration.members.length > 0) return null;
  if (nodes.length === 0) {
    const reasons = ['Add a node to begin.'];
    return { health: 'empty', headline: 'No nodes.', reasons, ...nothing };
  }
  const live = nodes.filter((node) => node.vitality === 'live');
  if (live.length === 0 && nodes.some((node) => node.vitality === 'starting')) {
    const reasons = [`Waiting for ${list(nodes.map((node) => node.id))} to answer.`];
    return { health: 'connecting', headline: 'The nodes are starting…', reasons, ...nothing };
  }
  return {
    health: 'empty',
    headline: 'No cluster yet.',
    reasons:
      live.length > 0
        ? ['No node belongs to a cluster. Make one the first member, then join the others to it.']
        : ['No node is up. Start one.'],
    ...nothing,
  };
}

function quorumLost({ nodes, configuration }: Situation): Verdict | null {
  const { voters, quorum } = configuration;
  const up = voters.filter((id) => find(nodes, id)?.vitality === 'live');
  if (up.length >= quorum) return null;
  const missing = quorum - up.length;
  const down = voters.filter((id) => !up.includes(id));
  return {
    health: 'quorum-lost',
    headline: `Quorum lost: ${shareOf(up, configuration)} up, ${quorum} needed.`,
    reasons: [
      ...down.map((id) => sentence(id, find(nodes, id))),
      `Nothing can be written until ${missing === 1 ? 'one more voter is' : `${missing} more voters are`} back.`,
    ],
    tolerance: up.length - quorum,
    working: up,
  };
}

function noLeader(situation: Situation): Verdict | null {
  const { nodes, configuration, leadership } = situation;
  if (leadership.confirmed) return null;
  const up = configuration.voters.filter((id) => find(nodes, id)?.vitality === 'live');
  const base = { health: 'no-leader', tolerance: up.length - configuration.quorum } as const;
  if (leadership.leader !== null) {
    return {
      ...base,
      headline: `No leader that a quorum agrees on: ${leadership.leader} claims to lead.`,
      reasons: [agreement(situation), ...troubles(situation)],
      working: up,
    };
  }
  const campaigns = campaigning(nodes);
  const [first, ...others] = troubles(situation);
  const because = first ? ` because ${first.replace(/\.$/, '')}` : '';
  const next = campaigns.length > 0 ? 'an election is under way' : 'an election is due';
  return {
    ...base,
    headline: `No leader${because}: ${next}.`,
    reasons: [
      ...others,
      ...campaigns,
      `${shareOf(up, configuration)} up, ${configuration.quorum} needed to elect.`,
    ],
    working: up,
  };
}

function campaigning(nodes: readonly NodeView[]): string[] {
  return nodes.flatMap(({ id, vitality, status }) => {
    if (vitality !== 'live' || !status) return [];
    if (status.role === 'candidate') return [`${id} asks for votes in term ${status.term}.`];
    if (status.role === 'pre-candidate') return [`${id} asks whether it could win an election.`];
    return [];
  });
}

function working(situation: Situation): Verdict {
  const { nodes, configuration, leadership } = situation;
  const { voters, quorum } = configuration;
  const tolerance = leadership.agreeing.length - quorum;
  const because = [...troubles(situation), ...laggards(nodes)];
  const spare =
    tolerance > 0 ? `can lose ${count(tolerance, 'more voter')}` : 'cannot lose another voter';
  const safe = tolerance > 0 && because.length === 0;
  return {
    health: safe ? 'healthy' : 'at-risk',
    headline: safe ? `Healthy: ${spare}.` : `At risk: ${spare}.`,
    reasons: [
      ...because,
      ...(because.length === 0 && tolerance <= 0 ? [tooSmall(voters.length)] : []),
      agreement(situation),
      ...newcomers(nodes),
    ],
    tolerance,
    working: leadership.agreeing,
  };
}

function agreement({ configuration, leadership }: Situation): string {
  const { leader, term, agreeing } = leadership;
  const agree = agreeing.length === 1 ? 'agrees' : 'agree';
  return `${leader ?? ''} leads term ${term ?? 0}; ${shareOf(agreeing, configuration)} ${agree}, ${configuration.quorum} needed.`;
}

const shareOf = (some: readonly string[], { voters }: Configuration) =>
  `${some.length} of ${count(voters.length, 'voter')}`;

/** Only one or two voters tolerate nothing while all of them work. */
function tooSmall(voters: number): string {
  return voters === 1
    ? 'One voter alone: add two nodes to survive the loss of one.'
    : 'Two voters: the loss of either stops all writes. Add a third.';
}

/** What keeps configured voters from working. */
function troubles({ nodes, configuration, leadership }: Situation): string[] {
  return configuration.voters.flatMap((id) => {
    const node = find(nodes, id);
    if (node?.vitality !== 'live') return [sentence(id, node)];
    if (node.membership === 'blank') return [`${id} has an empty volume: join it again.`];
    if (node.status?.storageFault) return [`${id} cannot write to its disk.`];
    const { leader, confirmed, agreeing } = leadership;
    if (confirmed && !agreeing.includes(id)) return [`${id} does not follow ${leader ?? ''}.`];
    return [];
  });
}

function laggards(nodes: readonly NodeView[]): string[] {
  return nodes
    .filter((node) => node.vitality === 'live' && node.membership === 'voter')
    .filter((node) => node.differs.lagging)
    .map((node) => `${node.id} is ${count(node.differs.behind, 'entry', 'entries')} behind.`);
}

function newcomers(nodes: readonly NodeView[]): string[] {
  return nodes.flatMap(({ id, vitality, membership }) => {
    if (vitality !== 'live') return [];
    if (membership === 'learner') return [`${id} is a learner: it becomes a voter once caught up.`];
    if (membership === 'blank') return [`${id} is not a member yet.`];
    return [];
  });
}

function sentence(id: string, node: NodeView | undefined): string {
  if (!node) return `${id} is not known to this page.`;
  return `${id} ${vitalityInWords(node.vitality, node.process)}.`;
}

function find(nodes: readonly NodeView[], id: string): NodeView | undefined {
  return nodes.find((node) => node.id === id);
}

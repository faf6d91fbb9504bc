import { answer, type Answer, type Rule } from './answer.js';
import {
  type CampaignCause,
  electionDue,
  leaderAlive,
  logBehind,
  splitVote,
  termsRising,
  underWay,
} from './campaigns.js';
import type { Evidence } from './evidence.js';
import { flappingLinks, leaderAlone, type NetworkCause, noQuorumConnected } from './network.js';
import { emptiedVoters, sickDisks, type VoterCause, votersDown } from './voters.js';

export type NoLeaderCause =
  | { readonly kind: 'unheard' }
  | { readonly kind: 'no-cluster' }
  | { readonly kind: 'led'; readonly leader: string; readonly term: number }
  | {
      readonly kind: 'quorum-lost';
      readonly up: number;
      readonly voters: number;
      readonly quorum: number;
    }
  | { readonly kind: 'stalled'; readonly nodes: readonly string[]; readonly ms: number }
  | VoterCause
  | NetworkCause
  | CampaignCause;

/** What is worth telling only where somebody can win. */
const hopes: readonly string[] = ['under-way', 'election-due', 'terms-rising', 'split-vote'];

/** A stall is looked back at for this long, ms. */
const stallMs = 3_000;

/** Why nobody leads: what explains most comes first. */
export function whyNoLeader(evidence: Evidence): Answer<NoLeaderCause>[] {
  const settled = notAsked(evidence);
  if (settled) return [settled];
  const rules: readonly Rule<NoLeaderCause>[] = [
    () => quorumLost(evidence),
    () => votersDown(evidence),
    () => noQuorumConnected(evidence),
    () => leaderAlone(evidence),
    () => sickDisks(evidence),
    () => emptiedVoters(evidence),
    () => stalled(evidence),
    () => flappingLinks(evidence),
    () => logBehind(evidence),
    () => splitVote(evidence),
    () => termsRising(evidence),
    () => leaderAlive(evidence),
    () => underWay(evidence) ?? electionDue(evidence),
  ];
  const found = rules.flatMap((rule) => rule() ?? []);
  // Without a quorum whoever stands cannot win.
  const lost = found.some(({ cause }) => cause.kind === 'quorum-lost');
  return lost ? found.filter(({ cause }) => !hopes.includes(cause.kind)) : found;
}

/** What makes the question a wrong one. */
function notAsked({ view }: Evidence): Answer<NoLeaderCause> | null {
  const { health } = view.verdict;
  const { leader, term, confirmed } = view.leadership;
  if (health === 'connecting' || health === 'disconnected') return answer({ kind: 'unheard' });
  if (health === 'empty') return answer({ kind: 'no-cluster' });
  if (confirmed && leader !== null && term !== null) return answer({ kind: 'led', leader, term });
  return null;
}

function quorumLost({ view }: Evidence): Answer<NoLeaderCause> | null {
  const { verdict, configuration } = view;
  if (verdict.health !== 'quorum-lost') return null;
  const { voters, quorum } = configuration;
  return answer({
    kind: 'quorum-lost',
    up: verdict.working.length,
    voters: voters.length,
    quorum,
  });
}

/** A process that cannot run for longer than an election timeout misses heartbeats and votes. */
function stalled(evidence: Evidence): Answer<NoLeaderCause> | null {
  const slow = evidence.view.nodes.flatMap(({ id, status }) => {
    const ms = evidence.loopDelayMs(id, stallMs);
    return ms !== null && status && ms > status.timing.electionMs[0] ? [{ id, ms }] : [];
  });
  if (slow.length === 0) return null;
  const ms = Math.max(...slow.map((node) => node.ms));
  return answer({ kind: 'stalled', nodes: slow.map(({ id }) => id), ms });
}

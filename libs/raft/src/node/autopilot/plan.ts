import type { MemberRole } from '../../core/configuration.js';
import type { NodeId } from '../../core/entry.js';
import { majority } from '../../core/quorum.js';
import type { AutopilotRules } from './options.js';

/** Fewer voters do not survive the loss of one. */
const leastVoters = 3;

/** A member as its leader sees it. */
export interface Peer {
  readonly id: NodeId;
  readonly role: MemberRole;
  /** Milliseconds since its last word. */
  readonly silentMs: number;
}

/** What a plan is made from: the cluster as its leader sees it. */
export interface AutopilotView {
  /** Everybody but the leader. */
  readonly peers: readonly Peer[];
  /** Whether the leader is a voter. */
  readonly leaderVotes: boolean;
  /** The most voters that the cluster has had under this leader. */
  readonly mostVoters: number;
  /** How long the configuration has been committed and unchanged; null while a change is under way. */
  readonly settledMs: number | null;
  /** A voter that was heard within this time counts as healthy. */
  readonly healthyMs: number;
}

/** Why a dead server stays. */
export type KeptBecause =
  'change-in-progress' | 'not-settled' | 'min-voters' | 'quorum-at-risk' | 'one-at-a-time';

export interface Kept extends Peer {
  readonly because: KeptBecause;
}

/** What autopilot would do now. */
export interface Plan {
  /** The server to remove; null for none. */
  readonly remove: Peer | null;
  /** Dead servers that stay for now, and why. */
  readonly keep: readonly Kept[];
}

/**
 * Whom to remove: the one that is dead for longest, if the cluster is as well off without it. A pure
 * function, so that it can be shown before it is done.
 */
export function plan(view: AutopilotView, rules: AutopilotRules): Plan {
  const dead = view.peers.filter(({ silentMs }) => silentMs >= rules.removeDeadAfterMs);
  let remove: Peer | null = null;
  const keep: Kept[] = [];
  for (const peer of dead.toSorted((a, b) => b.silentMs - a.silentMs)) {
    const because = remove === null ? reasonToKeep(peer, view, rules) : 'one-at-a-time';
    if (because === null) remove = peer;
    else keep.push({ ...peer, because });
  }
  return { remove, keep };
}

function reasonToKeep(peer: Peer, view: AutopilotView, rules: AutopilotRules): KeptBecause | null {
  if (view.settledMs === null) return 'change-in-progress';
  if (view.settledMs < rules.stabilizationMs) return 'not-settled';
  if (peer.role === 'learner') return null;
  const voters = view.peers.filter(({ id, role }) => role === 'voter' && id !== peer.id);
  const left = voters.length + Number(view.leaderVotes);
  if (left < (rules.minVoters ?? leastOf(view))) return 'min-voters';
  const healthy = voters.filter(({ silentMs }) => silentMs <= view.healthyMs);
  const standing = healthy.length + Number(view.leaderVotes);
  return standing < majority(left) ? 'quorum-at-risk' : null;
}

/** So that servers that die one after the other do not take the cluster down to one, unseen. */
function leastOf({ mostVoters }: AutopilotView): number {
  return Math.max(leastVoters, majority(mostVoters));
}

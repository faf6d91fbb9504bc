import { voters } from '../../core/configuration.js';
import type { LogIndex, NodeId, Term } from '../../core/entry.js';
import type { CoreStatus, PeerProgress } from '../../core/status.js';
import type { AutopilotView, Peer } from './plan.js';

/** As much of a leader's status as matters here. */
export interface LeaderStatus extends Pick<
  CoreStatus,
  'id' | 'configuration' | 'configurationCommitted'
> {
  readonly peers: readonly Pick<PeerProgress, 'id' | 'lastContactMs'>[];
}

/**
 * What a leader has seen of its cluster since it leads. It knows of nobody's silence from before: a new
 * leader, or one that slept, counts from its own first look.
 */
export class Tenure {
  private readonly seenSince = new Map<NodeId, number>();
  private mostVoters = 0;
  private configuration: LogIndex = -1;
  private settledSince: number | null = null;

  constructor(readonly term: Term) {}

  /** The cluster at this moment, in the words of a plan. */
  look(status: LeaderStatus, now: number, healthyMs: number): AutopilotView {
    const { id, configuration } = status;
    const voting = voters(configuration);
    this.mostVoters = Math.max(this.mostVoters, voting.length);
    this.noteConfiguration(status, now);
    return {
      peers: this.peers(status, now),
      leaderVotes: voting.some((member) => member.id === id),
      mostVoters: this.mostVoters,
      settledMs: this.settledSince === null ? null : now - this.settledSince,
      healthyMs,
    };
  }

  private noteConfiguration(status: LeaderStatus, now: number): void {
    const { index, outgoing } = status.configuration;
    const isSame = index === this.configuration;
    this.configuration = index;
    if (!status.configurationCommitted || outgoing !== null) this.settledSince = null;
    else if (!isSame) this.settledSince = now;
    else this.settledSince ??= now;
  }

  private peers({ configuration, peers }: LeaderStatus, now: number): readonly Peer[] {
    const contacts = new Map(peers.map(({ id, lastContactMs }) => [id, lastContactMs]));
    for (const id of this.seenSince.keys()) if (!contacts.has(id)) this.seenSince.delete(id);
    return configuration.members
      .filter(({ id }) => contacts.has(id))
      .map(({ id, role }) => {
        const since = this.seenSince.get(id) ?? now;
        this.seenSince.set(id, since);
        return { id, role, silentMs: Math.min(contacts.get(id) ?? Infinity, now - since) };
      });
  }
}

import type { MembershipChange } from '../../core/configuration.js';
import type { LogIndex, NodeId, Term } from '../../core/entry.js';
import { RaftError, type RaftErrorCode } from '../../errors.js';
import type { LocalIdentity, Transport } from '../../transport/transport.js';
import type { CallTerms } from '../calls/call.js';
import type { Caller } from '../calls/caller.js';
import type { ClusterIdentity } from './cluster-identity.js';
import type { Failures } from '../calls/failures.js';
import type { CallOptions } from '../options.js';
import { checkAddress, checkId } from '../settings.js';

/** A member to add. The rest of what a cluster must know of it, its handshake tells. */
export interface NewMember {
  readonly id: NodeId;
  /** `host:port` of its peer port. */
  readonly address: string;
  /** Stay a learner instead of being promoted once caught up. Default false. */
  readonly learner?: boolean;
}

export interface MembershipChanged {
  /** Index of the committed configuration. */
  readonly index: LogIndex;
  /** 0 when nothing had to change, and the configuration is older than the leader's log. */
  readonly term: Term;
}

/**
 * Changes of the membership, one server at a time (thesis §4.2). Each resolves once its
 * configuration is committed; while another change is under way it waits its turn.
 */
export class Membership {
  constructor(
    private readonly caller: Pick<Caller<never>, 'begin' | 'prepare' | 'order'>,
    private readonly failures: Failures,
    private readonly identity: ClusterIdentity,
    private readonly transport: Pick<Transport, 'probe'>,
  ) {}

  /**
   * Adds a learner that becomes a voter by itself once it has caught up, or changes a member's
   * address. Whoever answers at the address is asked first who it is; a member that comes back with
   * an emptied volume starts again as a learner. Adding a member that is one already, unchanged,
   * resolves with the present configuration.
   * @throws RaftError `peer-unreachable`, `peer-mismatch`, `cluster-mismatch`: nothing was changed;
   * `not-bootstrapped` on a blank node, if the peer itself could be added
   */
  async add(member: NewMember, options: CallOptions = {}): Promise<MembershipChanged> {
    checkId('id', member.id);
    checkAddress('address', member.address);
    const terms = this.caller.begin(options);
    const { id, address, learner = false } = member;
    const peer = await this.caller.prepare(this.transport.probe(address), terms);
    this.checkPeer(member, peer);
    if (this.identity.clusterId === null) throw this.failures.refused('not-bootstrapped');
    const { incarnation, attributes } = peer;
    const added = { id, address, incarnation, attributes, promote: !learner };
    return this.change({ type: 'add', member: added }, terms);
  }

  /** Makes a learner a voter now, caught up or not. */
  promote(id: NodeId, options: CallOptions = {}): Promise<MembershipChanged> {
    return this.changeById('promote', id, options);
  }

  /** Makes a voter a learner. */
  demote(id: NodeId, options: CallOptions = {}): Promise<MembershipChanged> {
    return this.changeById('demote', id, options);
  }

  /** Removes a member. A leader that removes itself leads on until that is committed. */
  remove(id: NodeId, options: CallOptions = {}): Promise<MembershipChanged> {
    return this.changeById('remove', id, options);
  }

  private async changeById(
    type: 'promote' | 'demote' | 'remove',
    id: NodeId,
    options: CallOptions,
  ): Promise<MembershipChanged> {
    checkId('id', id);
    return this.change({ type, id }, this.caller.begin(options));
  }

  private async change(change: MembershipChange, terms: CallTerms): Promise<MembershipChanged> {
    const { forward } = terms;
    const placed = await this.caller.order({ type: 'change-membership', change, forward }, terms);
    if (placed === null) throw new Error('the core left no entry for a change of the membership');
    return { index: placed.index, term: placed.term };
  }

  private checkPeer({ id, address }: NewMember, peer: LocalIdentity): void {
    const { clusterId } = this.identity;
    if (peer.nodeId !== id) {
      throw refusal('peer-mismatch', `${peer.nodeId} answers at ${address}, not ${id}.`);
    }
    if (peer.clusterId !== null && peer.clusterId !== clusterId) {
      const own = clusterId ?? 'none, as this node does';
      const message = `${id} at ${address} belongs to the cluster ${peer.clusterId}, not to ${own}.`;
      throw refusal('cluster-mismatch', message);
    }
  }
}

function refusal(code: RaftErrorCode, message: string): RaftError {
  return new RaftError(code, `${message} Nothing was changed.`, {
    outcome: 'not-applied',
    retryable: false,
  });
}

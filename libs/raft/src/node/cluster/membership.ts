import type { MembershipChange } from '../../core/configuration.js';
import type { LogIndex, NodeId, Term } from '../../core/entry.js';
import { RaftError, type RaftErrorCode } from '../../errors.js';
import type { LocalIdentity, Transport } from '../../transport/transport.js';
import type { CallTerms } from '../calls/call.js';
import type { Caller } from '../calls/caller.js';
import type { ClusterIdentity } from './cluster-identity.js';
import type { Failures } from '../calls/failures.js';
import type { CallOptions } from '../options.js';
import { checkAddress, checkId, checkUnique } from '../settings.js';

/** A member to add. The rest of what a cluster must know of it, its handshake tells. */
export interface NewMember {
  readonly id: NodeId;
  /** `host:port` of its peer port. */
  readonly address: string;
  /** Stay a learner instead of being promoted once caught up. Default false. */
  readonly learner?: boolean;
}

/** Where the configuration stands that a change has led to. */
export interface MembershipChanged {
  /** Index of the committed configuration. */
  readonly index: LogIndex;
  /** 0 when nothing had to change, and the configuration is older than the leader's log. */
  readonly term: Term;
}

/** What is to become of whom. Everything happens together, or nothing does. */
export interface MembershipChanges {
  readonly add?: readonly NewMember[];
  /** Learners to be voters. */
  readonly promote?: readonly NodeId[];
  /** Voters to be learners. */
  readonly demote?: readonly NodeId[];
  readonly remove?: readonly NodeId[];
}

/** On which condition, and for how long, a change is tried. */
export interface ChangeOptions extends CallOptions {
  /**
   * Change nothing unless this is still the index of the cluster's configuration
   * (`status.configuration.index`): nobody else has changed the membership meanwhile. Default: whatever
   * the configuration is.
   */
  readonly expectedIndex?: LogIndex;
}

/**
 * Changes of the membership. Each resolves once its configuration is committed; while another change
 * is under way it waits its turn.
 */
export class Membership {
  constructor(
    private readonly caller: Pick<
      Caller<never>,
      'begin' | 'prepare' | 'order' | 'mustBeKnownToAll'
    >,
    private readonly failures: Failures,
    private readonly identity: ClusterIdentity,
    private readonly transport: Pick<Transport, 'probe'>,
  ) {}

  /**
   * Makes several changes as one. Where no more than one voter comes or goes, this is one step
   * (thesis §4.1). Otherwise old and new voters decide together until the new configuration is
   * committed (joint consensus, thesis §4.3); the call resolves when it is. Once the joint
   * configuration is committed the change happens, whatever becomes of the leader.
   *
   * Additions come first, then promotions, demotions and removals. Whoever is to be added is asked
   * first who it is. Who is added and promoted at once is a voter before it has caught up: safe, but
   * the cluster may have to wait for it.
   * @throws RaftError `configuration-changed` (see `expectedIndex`), `unknown-member`, `last-voter`,
   * `address-in-use`, `invalid-argument`, `older-member` for several beside
   * a member of protocol 1, and what `add` throws: nothing was changed; `deadline`,
   * whose `outcome` says whether the change may happen still
   */
  async change(
    changes: MembershipChanges,
    options: ChangeOptions = {},
  ): Promise<MembershipChanged> {
    checkChanges(changes);
    const terms = this.caller.begin(options);
    const { add = [], promote = [], demote = [], remove = [] } = changes;
    const added = await Promise.all(add.map((member) => this.introduce(member, terms)));
    if (this.identity.clusterId === null) throw this.failures.refused('not-bootstrapped');
    const byId = (type: 'promote' | 'demote' | 'remove') => (id: NodeId) => ({ type, id }) as const;
    const change = {
      changes: [
        ...added,
        ...promote.map(byId('promote')),
        ...demote.map(byId('demote')),
        ...remove.map(byId('remove')),
      ],
      expectedIndex: options.expectedIndex ?? null,
    };
    if (change.changes.length > 1) this.caller.mustBeKnownToAll('several changes at once');
    const { forward } = terms;
    const placed = await this.caller.order({ type: 'change-membership', change, forward }, terms);
    if (placed === null) throw new Error('the core left no entry for a change of the membership');
    return { index: placed.index, term: placed.term };
  }

  /**
   * Adds a learner that becomes a voter by itself once it has caught up, or changes a member's
   * address. Whoever answers at the address is asked first who it is; a member that comes back with
   * an emptied volume starts again as a learner. Adding a member that is one already, unchanged,
   * resolves with the present configuration.
   * @throws RaftError `peer-unreachable`, `peer-mismatch`, `cluster-mismatch`, `address-in-use`:
   * nothing was changed; `not-bootstrapped` on a blank node, if the peer itself could be added
   */
  add(member: NewMember, options: ChangeOptions = {}): Promise<MembershipChanged> {
    return this.change({ add: [member] }, options);
  }

  /** Makes a learner a voter now, caught up or not. */
  promote(id: NodeId, options: ChangeOptions = {}): Promise<MembershipChanged> {
    return this.change({ promote: [id] }, options);
  }

  /** Makes a voter a learner. */
  demote(id: NodeId, options: ChangeOptions = {}): Promise<MembershipChanged> {
    return this.change({ demote: [id] }, options);
  }

  /** Removes a member. A leader that removes itself leads on until that is committed. */
  remove(id: NodeId, options: ChangeOptions = {}): Promise<MembershipChanged> {
    return this.change({ remove: [id] }, options);
  }

  /**
   * Asks who answers at an address, `host:port`. Changes nothing.
   * @throws RaftError `peer-unreachable`, `peer-mismatch`, `invalid-argument`
   */
  probe(address: string, options: CallOptions = {}): Promise<LocalIdentity> {
    return this.ask(address, this.caller.begin(options));
  }

  /** Asks a server to be added who it is. */
  private async introduce(member: NewMember, terms: CallTerms): Promise<MembershipChange> {
    const { id, address, learner = false } = member;
    const peer = await this.ask(address, terms);
    this.checkPeer(member, peer);
    const { incarnation, attributes } = peer;
    return { type: 'add', member: { id, address, incarnation, attributes, promote: !learner } };
  }

  private ask(address: string, terms: CallTerms): Promise<LocalIdentity> {
    return this.caller.prepare(this.transport.probe(address), terms);
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

/** @throws RaftError `invalid-argument` */
function checkChanges({
  add = [],
  promote = [],
  demote = [],
  remove = [],
}: MembershipChanges): void {
  for (const { id, address } of add) {
    checkId('id', id);
    checkAddress('address', address);
  }
  for (const id of [...promote, ...demote, ...remove]) checkId('id', id);
  checkUnique('add and remove', [...add.map(({ id }) => id), ...remove]);
  checkUnique('promote, demote and remove', [...promote, ...demote, ...remove]);
}

function refusal(code: RaftErrorCode, message: string): RaftError {
  return new RaftError(code, `${message} Nothing was changed.`, {
    outcome: 'not-applied',
    retryable: false,
  });
}

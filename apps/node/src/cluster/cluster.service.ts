import { Inject, Injectable } from '@nestjs/common';
import type { NodeStatus, Written } from '@quorate/contract';
import { errorBody, HttpError } from '@quorate/http';
import { type CallOptions, type NewMember, RaftError } from '@quorate/raft';
import { KvStateMachine } from '../kv/kv-state-machine.js';
import { RaftService } from '../raft/raft.service.js';
import { nodeStatus } from './node-status.js';

/** Entries that a node may have yet to apply and still be called ready: some are always under way. */
const READY_LAG = 1000;

/** Who is in the cluster, and how this node stands in it. */
@Injectable()
export class ClusterService {
  constructor(
    @Inject(RaftService) private readonly raft: RaftService,
    private readonly machine: KvStateMachine,
  ) {}

  get status(): NodeStatus {
    return nodeStatus(this.raft.status, this.machine.size);
  }

  /** @throws RaftError `already-bootstrapped` */
  async bootstrap(): Promise<NodeStatus> {
    await this.raft.bootstrap();
    return this.status;
  }

  /** Adds a member. A blank node that is asked founds the cluster first, if the peer can be had. */
  async join(member: NewMember, options: CallOptions): Promise<Written> {
    try {
      return await this.add(member, options);
    } catch (error) {
      if (!(error instanceof RaftError && error.code === 'not-bootstrapped')) throw error;
    }
    await this.raft.bootstrapIfBlank();
    return this.add(member, options);
  }

  async change(
    change: 'promote' | 'demote' | 'remove',
    id: string,
    options: CallOptions,
  ): Promise<Written> {
    const { index, term } = await this.raft.membership[change](id, options);
    return { index, term };
  }

  /** Resolves when another leads. */
  async transfer(to: string | undefined): Promise<NodeStatus> {
    await this.raft.transferLeadership(to);
    return this.status;
  }

  /** @throws HttpError 503 that says why this node cannot serve yet. */
  checkReady(): void {
    const why = this.unreadiness();
    if (why === null) return;
    throw new HttpError(503, errorBody('not-ready', why, { retryable: true }));
  }

  private async add(member: NewMember, options: CallOptions): Promise<Written> {
    const { index, term } = await this.raft.membership.add(member, options);
    return { index, term };
  }

  private unreadiness(): string | null {
    const { id, clusterId, leader, storageFault, commitIndex, appliedIndex } = this.raft.status;
    if (clusterId === null) return `${id} belongs to no cluster yet.`;
    if (storageFault !== null) return `The disk of ${id} takes no writes: ${storageFault}.`;
    if (leader === null) return `${id} knows no leader.`;
    const lag = commitIndex - appliedIndex;
    return lag > READY_LAG ? `${id} has ${lag} entries to apply.` : null;
  }
}

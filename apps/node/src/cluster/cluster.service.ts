import { Inject, Injectable } from '@nestjs/common';
import type { ElectionStarted, NodeStatus } from '@quorate/contract';
import { errorBody, HttpError } from '@quorate/http';
import { KvStateMachine } from '../kv/kv-state-machine.js';
import { PeerTransport } from '../peers/peer-transport.js';
import { RaftService } from '../raft/raft.service.js';
import { nodeStatus } from './node-status.js';

/** Entries that a node may have yet to apply and still be called ready: some are always under way. */
const READY_LAG = 1000;

/** How this node stands in the cluster. */
@Injectable()
export class ClusterService {
  constructor(
    @Inject(RaftService) private readonly raft: RaftService,
    private readonly machine: KvStateMachine,
    private readonly peers: PeerTransport,
  ) {}

  get status(): NodeStatus {
    return nodeStatus(this.raft.status, this.machine.size, this.peers.faults?.list() ?? null);
  }

  /** @throws RaftError `already-bootstrapped` */
  async bootstrap(): Promise<NodeStatus> {
    await this.raft.bootstrap();
    return this.status;
  }

  /** Resolves when another leads. */
  async transfer(to: string | undefined): Promise<NodeStatus> {
    await this.raft.transferLeadership(to);
    return this.status;
  }

  /** @throws RaftError `not-a-voter` */
  async elect(): Promise<ElectionStarted> {
    return { term: await this.raft.campaign() };
  }

  /** @throws HttpError 503 that says why this node cannot serve yet. */
  checkReady(): void {
    const why = this.unreadiness();
    if (why === null) return;
    throw new HttpError(503, errorBody('not-ready', why, { retryable: true }));
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

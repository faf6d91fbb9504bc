import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnModuleInit,
} from '@nestjs/common';
import {
  type Autopilot,
  type DroppedEvents,
  type LaterEvents,
  type LogView,
  type Membership,
  type ProposeOptions,
  type Proposed,
  RaftError,
  type RaftEvent,
  RaftNode,
  type RaftMetrics,
  type RaftNodeOptions,
  type RaftStatus,
  type ReadOptions,
  type SnapshotInfo,
  type Tap,
} from '@quorate/raft';

/** Injection token of the options that `RaftModule` opens its node with. */
export const RAFT_OPTIONS = Symbol('RaftNodeOptions');

/**
 * The Raft node of this application. It opens before any request can come in and closes, handing
 * leadership over, before the HTTP server does: so every request under way still gets its answer.
 */
@Injectable()
export class RaftService<Result = unknown> implements OnModuleInit, BeforeApplicationShutdown {
  #node: RaftNode<Result> | null = null;

  constructor(@Inject(RAFT_OPTIONS) private readonly options: RaftNodeOptions<Result>) {}

  async onModuleInit(): Promise<void> {
    this.#node = await RaftNode.open(this.options);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#node?.close();
  }

  get status(): RaftStatus {
    return this.node.status;
  }

  metrics(): RaftMetrics {
    return this.node.metrics();
  }

  get membership(): Membership {
    return this.node.membership;
  }

  get log(): LogView {
    return this.node.log;
  }

  propose(command: Uint8Array, options?: ProposeOptions): Promise<Proposed<Result>> {
    return this.node.propose(command, options);
  }

  read<T>(query: () => T, options?: ReadOptions): Promise<T> {
    return this.node.read(query, options);
  }

  /** Makes this node the first member of a new cluster, unless it belongs to one already. */
  async bootstrapIfBlank(): Promise<void> {
    try {
      await this.bootstrap();
    } catch (error) {
      if (!(error instanceof RaftError && error.code === 'already-bootstrapped')) throw error;
    }
  }

  bootstrap(): Promise<void> {
    return this.node.bootstrap();
  }

  /** @throws RaftError `not-leader`, `transfer-failed` */
  transferLeadership(to?: string): Promise<void> {
    return this.node.transferLeadership(to);
  }

  /** null when it is off. */
  get autopilot(): Autopilot | null {
    return this.node.autopilot;
  }

  snapshot(): Promise<SnapshotInfo> {
    return this.node.snapshot();
  }

  exportSnapshot(): AsyncGenerator<Uint8Array> {
    return this.node.exportSnapshot();
  }

  /** Stands for election; with the term that it stands for. @throws RaftError `not-a-voter` */
  campaign(): Promise<number> {
    return this.node.campaign();
  }

  tap(tap: Tap): () => void {
    return this.node.tap(tap);
  }

  events(since: number): AsyncIterable<RaftEvent | DroppedEvents> {
    return this.node.events({ since });
  }

  get lastEventSeq(): number {
    return this.node.lastEventSeq;
  }

  eventsAfter(seq: number, limit: number): LaterEvents {
    return this.node.eventsAfter(seq, limit);
  }

  private get node(): RaftNode<Result> {
    if (this.#node === null) throw new Error('the Raft node is not open yet');
    return this.#node;
  }
}

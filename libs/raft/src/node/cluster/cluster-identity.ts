import type { NodeId } from '../../core/entry.js';
import { RaftError } from '../../errors.js';
import type { LogStore, VolumeIdentity } from '../../storage/log-store.js';
import type { LocalIdentity } from '../../transport/transport.js';

/** Which cluster this node's volume belongs to: none, the one it founded, or the one that adopted it. */
export class ClusterIdentity {
  readonly id: NodeId;
  readonly incarnation: string;
  private current: string | null;
  private storing: Promise<void> | null = null;

  constructor(
    stored: VolumeIdentity,
    private readonly attributes: Readonly<Record<string, string>>,
    private readonly log: Pick<LogStore, 'adopt'>,
  ) {
    this.id = stored.nodeId;
    this.incarnation = stored.incarnation;
    this.current = stored.clusterId;
  }

  /** null while the node is blank. */
  get clusterId(): string | null {
    return this.current;
  }

  /** Blank, and nobody is at work to change that. */
  get isFree(): boolean {
    return this.current === null && this.storing === null;
  }

  /**
   * A cluster bears the name of the volume that founded it, which was drawn at random. So a founder
   * that crashed before its first entry was written knows that it may begin again, while a node that
   * was adopted and crashed knows that it may not: that cluster lives, elsewhere.
   * @throws RaftError `already-bootstrapped`
   */
  async found(): Promise<void> {
    await this.storing;
    if (this.current === null) await this.adopt(this.incarnation);
    if (this.current === this.incarnation) return;
    throw new RaftError(
      'already-bootstrapped',
      `${this.id} belongs to the cluster ${this.current ?? ''} already and cannot found another.`,
      { outcome: 'not-applied', retryable: false },
    );
  }

  /** Durable when it resolves. */
  async adopt(clusterId: string): Promise<void> {
    this.storing = this.log.adopt(clusterId);
    try {
      await this.storing;
      this.current = clusterId;
    } finally {
      this.storing = null;
    }
  }

  /** What peers are told. */
  local(): LocalIdentity {
    const { id, incarnation, clusterId, attributes } = this;
    return { nodeId: id, incarnation, clusterId, attributes };
  }
}

import type { Progress } from '@quorate/contract';
import type { NodeView } from '../cluster/cluster-view.js';
import { type Electorate, toleranceOf } from '../whatif/quorum.js';
import { answer, type Answer, type Rule } from './answer.js';
import type { Evidence } from './evidence.js';

/** A voter that has not acknowledged the entry, in its leader's words. */
export interface Missing {
  readonly id: string;
  readonly state: Progress['state'];
  readonly match: number;
  readonly lastContactMs: number | null;
}

export type PendingCause =
  | { readonly kind: 'nothing-pending' }
  | { readonly kind: 'no-leader-to-commit'; readonly index: number | null }
  | {
      readonly kind: 'not-in-log';
      readonly index: number;
      readonly leader: string;
      readonly last: number;
    }
  | {
      readonly kind: 'acknowledgements';
      readonly index: number;
      readonly leader: string;
      readonly have: number;
      readonly quorum: number;
      readonly missing: readonly Missing[];
    }
  | {
      readonly kind: 'leader-disk';
      readonly index: number;
      readonly leader: string;
      readonly durable: number;
    }
  | {
      readonly kind: 'older-term';
      readonly index: number;
      readonly leader: string;
      readonly term: number;
    }
  | {
      readonly kind: 'joint';
      readonly index: number;
      readonly leader: string;
    }
  | {
      readonly kind: 'apply-queue';
      readonly index: number;
      readonly node: string;
      readonly applied: number;
    }
  | {
      readonly kind: 'done';
      readonly index: number;
      /** Nodes that have applied it, of so many that are heard. */
      readonly applied: readonly string[];
      readonly heard: number;
    };

/** Why an entry is not committed, or not applied. */
export function whyPending(evidence: Evidence, asked: number | null): Answer<PendingCause>[] {
  const { leader } = evidence;
  const status = leader?.status;
  if (!leader || !status || !evidence.view.leadership.confirmed) {
    const cause = { kind: 'no-leader-to-commit', index: asked } as const;
    return [answer(cause, { next: { kind: 'no-leader' } })];
  }
  const oldest = status.commitIndex < status.lastIndex ? status.commitIndex + 1 : null;
  const index = asked ?? oldest;
  if (index === null) return [answer({ kind: 'nothing-pending' })];
  return new Pending(evidence, leader, status, index).causes();
}

class Pending {
  constructor(
    readonly evidence: Evidence,
    readonly leader: NodeView,
    readonly status: NonNullable<NodeView['status']>,
    readonly index: number,
  ) {}

  causes(): Answer<PendingCause>[] {
    const { index, status } = this;
    if (index > status.lastIndex) return [this.#notInLog()];
    if (index <= status.commitIndex) return [this.#applyQueue() ?? this.#done()];
    const rules: readonly Rule<PendingCause>[] = [
      () => this.#leaderDisk(),
      () => this.#acknowledgements(),
      () => this.#joint(),
      () => this.#olderTerm(),
    ];
    return rules.flatMap((rule) => rule() ?? []);
  }

  /** It was never here, or another leader's log has taken its place. */
  #notInLog(): Answer<PendingCause> {
    const { index, leader, status } = this;
    return answer({ kind: 'not-in-log', index, leader: leader.id, last: status.lastIndex });
  }

  /** The leader counts itself only once its own disk has the entry. */
  #leaderDisk(): Answer<PendingCause> | null {
    const { index, leader, status, evidence } = this;
    if (status.durableIndex >= index) return null;
    return answer(
      { kind: 'leader-disk', index, leader: leader.id, durable: status.durableIndex },
      { proofs: evidence.lastly(['storage-fault', 'disk-stalled'], leader.id) },
    );
  }

  #acknowledgements(): Answer<PendingCause> | null {
    const { index, leader, evidence } = this;
    const { quorum } = evidence.view.configuration;
    const have = this.#voters().filter((id) => this.#have().includes(id)).length;
    if (have >= quorum) return null;
    const behind = this.status.peers.filter(({ id, match }) => {
      return match < index && this.#voters().includes(id);
    });
    const [slowest] = [...behind].sort((one, other) => one.match - other.match);
    return answer(
      {
        kind: 'acknowledgements',
        index,
        leader: leader.id,
        have,
        quorum,
        missing: behind.map(({ id, state, match, lastContactMs }) => {
          return { id, state, match, lastContactMs };
        }),
      },
      {
        proofs: behind.map((progress) => {
          return { kind: 'progress', node: leader.id, t: evidence.t, progress };
        }),
        next: slowest ? { kind: 'behind', node: slowest.id } : null,
      },
    );
  }

  /** While two configurations are in force, a majority of the old voters is needed too. */
  #joint(): Answer<PendingCause> | null {
    const { index, leader } = this;
    const [current = [], outgoing] = this.evidence.view.configuration.electorate;
    if (!outgoing || !this.#decides([current]) || this.#decides([outgoing])) return null;
    return answer({ kind: 'joint', index, leader: leader.id });
  }

  /** A leader commits by counting only what is of its own term (paper, section 5.4.2). */
  #olderTerm(): Answer<PendingCause> | null {
    const { index, leader, status, evidence } = this;
    if (!this.#decides(evidence.view.configuration.electorate)) return null;
    return answer(
      { kind: 'older-term', index, leader: leader.id, term: status.term },
      { proofs: evidence.lastly(['election-won'], leader.id) },
    );
  }

  #applyQueue(): Answer<PendingCause> | null {
    const { index, leader, status } = this;
    if (status.appliedIndex >= index) return null;
    return answer({ kind: 'apply-queue', index, node: leader.id, applied: status.appliedIndex });
  }

  #done(): Answer<PendingCause> {
    const heard = this.evidence.view.nodes.filter(({ vitality }) => vitality === 'live');
    const applied = heard
      .filter(({ status }) => (status?.appliedIndex ?? 0) >= this.index)
      .map(({ id }) => id);
    return answer({ kind: 'done', index: this.index, applied, heard: heard.length });
  }

  #decides(electorate: Electorate): boolean {
    return toleranceOf(electorate, this.#have()) >= 0;
  }

  /** Who has the entry on its disk, the leader among them. */
  #have(): string[] {
    const { index, leader, status } = this;
    const peers = status.peers.filter(({ match }) => match >= index).map(({ id }) => id);
    return status.durableIndex >= index ? [leader.id, ...peers] : peers;
  }

  #voters(): readonly string[] {
    return this.evidence.view.configuration.voters;
  }
}

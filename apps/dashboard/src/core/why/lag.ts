import type { NodeView } from '../cluster/cluster-view.js';
import { reachability } from '../chaos/reachability.js';
import { answer, type Answer, type Rule } from './answer.js';
import type { BehindCause } from './behind.js';
import { type Evidence, proofOf } from './evidence.js';
import { byFaults } from './network.js';

/** A process younger than this may still be catching up, ms. */
const youngMs = 15_000;
const recentMs = 5_000;
/** A sync or a stall this long holds a node up, ms. */
const slowMs = 100;

/** A live member that is not as far as its leader. */
export class Lag {
  readonly #id: string;
  readonly #missing: number;

  constructor(
    readonly evidence: Evidence,
    readonly node: NodeView,
  ) {
    this.#id = node.id;
    this.#missing = node.differs.behind;
  }

  causes(): Answer<BehindCause>[] {
    const { leader } = this.evidence;
    if (!leader) {
      const nobody: BehindCause = { kind: 'nobody-leads', node: this.#id };
      return [answer(nobody, { next: { kind: 'no-leader' } })];
    }
    const rules: readonly Rule<BehindCause>[] = [
      () => this.#linkFaults(leader),
      () => this.#notConnected(leader),
      () => this.#diskRefuses(),
      () => this.#snapshot(leader),
      () => this.#conflict(leader),
      () => this.#diskSlow(),
      () => this.#stalls(),
      () => this.#justStarted(),
      () => this.#applying(),
    ];
    const found = rules.flatMap((rule) => rule() ?? []);
    return found.length === 0 && this.#missing > 0 ? [this.#catchingUp(leader)] : found;
  }

  #linkFaults(leader: NodeView): Answer<BehindCause> | null {
    const faults = reachability(this.evidence.view)
      .filter(({ from, to }) => {
        return [from, to].includes(leader.id) && [from, to].includes(this.#id);
      })
      .flatMap((link) => link.faults);
    if (faults.length === 0) return null;
    return answer(
      { kind: 'link-faults', node: this.#id, leader: leader.id, faults },
      byFaults(this.evidence, faults),
    );
  }

  #notConnected(leader: NodeView): Answer<BehindCause> | null {
    const connection = leader.status?.connections.find(({ id }) => id === this.#id);
    if (connection?.connected !== false) return null;
    const error = connection.error ?? '';
    return answer(
      { kind: 'not-connected', node: this.#id, leader: leader.id, error },
      { proofs: this.evidence.lastly(['peer-disconnected'], leader.id) },
    );
  }

  #diskRefuses(): Answer<BehindCause> | null {
    const fault = this.node.status?.storageFault;
    if (!fault) return null;
    const proofs = this.evidence.lastly(['storage-fault', 'disk-stalled'], this.#id);
    return answer({ kind: 'disk-refuses', node: this.#id, fault }, { proofs });
  }

  #snapshot(leader: NodeView): Answer<BehindCause> | null {
    const progress = this.#progress(leader);
    const transfer = this.node.status?.installing ?? progress?.snapshot ?? null;
    if (progress?.state !== 'snapshot' && transfer === null) return null;
    const proofs = this.evidence
      .events(['snapshot-sending', 'snapshot-receiving'], youngMs)
      .filter(({ node }) => node === leader.id || node === this.#id)
      .map(proofOf);
    return answer({ kind: 'snapshot', node: this.#id, leader: leader.id, transfer }, { proofs });
  }

  /** Its log differs from the leader's: the leader goes back until they agree (paper, section 5.3). */
  #conflict(leader: NodeView): Answer<BehindCause> | null {
    const progress = this.#progress(leader);
    if (progress?.state !== 'probe' || this.#missing === 0) return null;
    const proofs = this.evidence
      .events(['append-rejected', 'log-truncated'], recentMs)
      .filter(({ node, event }) => node === this.#id || event.peer === this.#id)
      .map(proofOf);
    if (proofs.length === 0) return null;
    const cause = { kind: 'conflict', node: this.#id, leader: leader.id } as const;
    return answer({ ...cause, next: progress.next }, { proofs });
  }

  #diskSlow(): Answer<BehindCause> | null {
    const { status } = this.node;
    const sample = this.evidence.history.nodes.get(this.#id)?.metrics.at(this.evidence.t)?.sample;
    const syncMs = sample?.log.sync.p99 ?? null;
    if (!status || syncMs === null || syncMs < slowMs) return null;
    const undurable = Math.max(0, status.lastIndex - status.durableIndex);
    return answer({ kind: 'disk-slow', node: this.#id, undurable, syncMs });
  }

  #stalls(): Answer<BehindCause> | null {
    const ms = this.evidence.loopDelayMs(this.#id, recentMs);
    return ms !== null && ms >= slowMs && this.#missing > 0
      ? answer({ kind: 'stalls', node: this.#id, ms })
      : null;
  }

  #justStarted(): Answer<BehindCause> | null {
    const startedAt = this.node.process?.startedAt ?? null;
    const ms = startedAt === null ? Infinity : this.evidence.t - startedAt;
    if (ms > youngMs || this.#missing === 0) return null;
    const proofs = this.evidence.lastly(['started'], this.#id);
    return answer({ kind: 'just-started', node: this.#id, ms, missing: this.#missing }, { proofs });
  }

  #applying(): Answer<BehindCause> | null {
    const { status } = this.node;
    const unapplied = status ? status.commitIndex - status.appliedIndex : 0;
    return unapplied > 0 ? answer({ kind: 'applying', node: this.#id, unapplied }) : null;
  }

  #catchingUp(leader: NodeView): Answer<BehindCause> {
    const progress = this.#progress(leader);
    return answer(
      {
        kind: 'catching-up',
        node: this.#id,
        leader: leader.id,
        missing: this.#missing,
        inflight: progress?.inflight ?? 0,
      },
      {
        proofs: progress
          ? [{ kind: 'progress', node: leader.id, t: this.evidence.t, progress }]
          : [],
      },
    );
  }

  #progress(leader: NodeView) {
    return leader.status?.peers.find(({ id }) => id === this.#id);
  }
}

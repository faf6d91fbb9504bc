import type { MetricsSample, NodeProcess, NodeStatus } from '@quorate/contract';
import type { ClusterView } from '../src/core/cluster/cluster-view.js';
import { leading, process, status } from './fixtures.js';
import { now } from './observed.js';
import { Recorded } from './recorded.js';

/** Long before anything that a story tells. */
const beginning = 60_000;

/** A history told backwards from `now`: what was said, and what happened, so many milliseconds ago. */
export class Story {
  readonly #recorded: Recorded;
  readonly #processes = new Map<string, NodeProcess>();

  /** Three nodes that n1 leads, unless others are named. */
  constructor(...words: readonly NodeStatus[]) {
    const all = words.length > 0 ? words : [leading(), status('n2'), status('n3')];
    this.#recorded = new Recorded(
      all.map(({ id }) => id),
      beginning,
    );
    for (const { id } of all) this.process(beginning, process(id, { startedAt: now - beginning }));
    for (const one of all) this.says(beginning, one).says(100, one);
  }

  get history() {
    return this.#recorded.history;
  }

  get view(): ClusterView {
    return this.history.viewAt(now);
  }

  /** A node tells its status. */
  says(agoMs: number, words: NodeStatus): this {
    this.#recorded.frame(words.id, -agoMs, words);
    return this;
  }

  /** The supervisor tells how a process is. */
  process(agoMs: number, changed: NodeProcess): this {
    this.#processes.set(changed.id, changed);
    const list = { processes: [...this.#processes.values()] };
    this.history.take({ t: now - agoMs, kind: 'processes', list });
    return this;
  }

  /** Something happens on a node. Tell the oldest first. */
  happens(agoMs: number, node: string, type: string, fields: Record<string, unknown> = {}): this {
    this.#recorded.event(node, -agoMs, type, fields);
    return this;
  }

  measures(agoMs: number, node: string, sample: MetricsSample): this {
    this.history.take({ t: now - agoMs, kind: 'metrics', node, sample });
    return this;
  }
}

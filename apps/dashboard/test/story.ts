import type { MetricsSample, NodeProcess, NodeStatus } from '@quorate/contract';
import type { ClusterView } from '../src/core/cluster/cluster-view.js';
import { History } from '../src/core/history/history.js';
import { frame, leading, process, status } from './fixtures.js';
import { now } from './observed.js';

/** Long before anything that a story tells. */
const beginning = 60_000;

/** A history told step by step, each so many milliseconds before `now`. Nodes share one clock. */
export class Story {
  readonly history = new History();
  readonly #processes = new Map<string, NodeProcess>();
  #seq = 0;

  /** Three nodes that n1 leads, unless others are named. */
  constructor(...words: readonly NodeStatus[]) {
    const all = words.length > 0 ? words : [leading(), status('n2'), status('n3')];
    this.history.take({ t: now - beginning, kind: 'supervisor', link: 'open' });
    for (const { id } of all) {
      const startedAt = now - beginning;
      this.process(beginning, process(id, { startedAt }));
      const link = { kind: 'link', node: id, link: 'open', problem: null } as const;
      this.history.take({ t: now - beginning, ...link });
    }
    for (const one of all) this.says(beginning, one);
    for (const one of all) this.says(100, one);
  }

  /** A node tells its status. */
  says(agoMs: number, words: NodeStatus): this {
    this.history.take({ t: now - agoMs, kind: 'frame', node: words.id, frame: frame(words) });
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
    this.#seq += 1;
    const time = now - agoMs;
    const event = { ...fields, seq: this.#seq, at: time, time, type, text: `${type} on ${node}` };
    const batch = { run: 'run-1', dropped: 0, events: [event] };
    this.history.take({ t: time, kind: 'events', node, batch });
    return this;
  }

  measures(agoMs: number, node: string, sample: MetricsSample): this {
    this.history.take({ t: now - agoMs, kind: 'metrics', node, sample });
    return this;
  }

  get view(): ClusterView {
    return this.history.viewAt(now);
  }
}

const none = { p50: null, p99: null };

/** A second in which nothing was measured, but for what is said. */
export function sample(changes: Partial<MetricsSample> = {}): MetricsSample {
  return {
    run: 'run-1',
    at: 0,
    time: 0,
    overMs: 1_000,
    writes: { rate: 0, failed: 0, latency: none },
    reads: { rate: 0, failed: 0, latency: none },
    log: {
      committed: 0,
      applied: 0,
      syncs: 0,
      sync: none,
      batch: null,
      writtenBytes: 0,
    },
    queues: { openCalls: 0, heldMessages: 0, unapplied: 0 },
    sent: {},
    received: {},
    elections: { started: 0, won: 0, leaderChanges: 0 },
    process: {
      pid: 1,
      version: '0',
      uptimeMs: 60_000,
      rssBytes: 0,
      heapBytes: 0,
      cpu: 0,
      loop: none,
    },
    ...changes,
  };
}

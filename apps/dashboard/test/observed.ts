import type { NodeProcess, NodeStatus } from '@quorate/contract';
import { ClusterModel } from '../src/core/cluster-model.js';
import type { ClusterView } from '../src/core/cluster-view.js';
import { frame, leading, process, status } from './fixtures.js';

export interface Seen {
  readonly process?: NodeProcess;
  /** Its last words; null when it never said any. */
  readonly words?: NodeStatus | null;
  /** How long ago it said them, ms. */
  readonly ageMs?: number;
}

/** What the page makes of a cluster; without `seen`, of three healthy nodes that n1 leads. */
export function observed(seen: Record<string, Seen> = {}): ClusterView {
  return observedModel(seen).view(10_000, Date.now());
}

export function observedModel(seen: Record<string, Seen> = {}): ClusterModel {
  const all: Record<string, Seen> = { n1: { words: leading() }, n2: {}, n3: {}, ...seen };
  const model = new ClusterModel();
  model.supervisorLink('open');
  model.processes({
    processes: Object.entries(all).map(([id, one]) => one.process ?? process(id)),
  });
  for (const [id, { words = status(id), ageMs = 100 }] of Object.entries(all)) {
    if (words === null) continue;
    model.nodeLink(id, 'open');
    model.frame(id, frame(words), 10_000 - ageMs);
  }
  return model;
}

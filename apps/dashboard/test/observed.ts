import type { NodeProcess, NodeStatus } from '@quorate/contract';
import { History } from '../src/core/history/history.js';
import type { ClusterView } from '../src/core/cluster/cluster-view.js';
import { frame, leading, process, status } from './fixtures.js';

export interface Seen {
  readonly process?: NodeProcess;
  /** Its last words; null when it never said any. */
  readonly words?: NodeStatus | null;
  /** How long ago it said them, ms. */
  readonly ageMs?: number;
}

/** The moment at which tests look, page time. */
export const now = 1_700_000_010_000;

/** What the page makes of a cluster; without `seen`, of three healthy nodes that n1 leads. */
export function observed(seen: Record<string, Seen> = {}): ClusterView {
  return observedHistory(seen).viewAt(now);
}

export function observedHistory(seen: Record<string, Seen> = {}): History {
  const all: Record<string, Seen> = { n1: { words: leading() }, n2: {}, n3: {}, ...seen };
  const history = new History();
  const t = now - 10_000;
  history.take({ t, kind: 'supervisor', link: 'open' });
  const processes = Object.entries(all).map(([id, one]) => one.process ?? process(id));
  history.take({ t, kind: 'processes', list: { processes } });
  for (const [node, { words = status(node), ageMs = 100 }] of Object.entries(all)) {
    if (words === null) continue;
    history.take({ t, kind: 'link', node, link: 'open', problem: null });
    history.take({ t: now - ageMs, kind: 'frame', node, frame: frame(words) });
  }
  return history;
}

import type { SnapshotTransfer } from '@quorate/contract';
import type { NodeView } from '../cluster/cluster-view.js';
import { exitInWords, type Vitality } from '../cluster/observation.js';
import type { StandingFault } from '../chaos/standing-faults.js';
import { answer, type Answer } from './answer.js';
import type { Evidence } from './evidence.js';
import { Lag } from './lag.js';
import { reviving } from './voters.js';

export type BehindCause = { readonly node: string } & (
  | { readonly kind: 'unknown-node' }
  | { readonly kind: 'not-behind' }
  | {
      readonly kind: 'not-running';
      readonly vitality: Exclude<Vitality, 'live'>;
      readonly how: string | null;
    }
  | { readonly kind: 'not-a-member' }
  | { readonly kind: 'nobody-leads' }
  | {
      readonly kind: 'link-faults';
      readonly leader: string;
      readonly faults: readonly StandingFault[];
    }
  | { readonly kind: 'not-connected'; readonly leader: string; readonly error: string }
  | {
      readonly kind: 'snapshot';
      readonly leader: string;
      readonly transfer: SnapshotTransfer | null;
    }
  | { readonly kind: 'conflict'; readonly leader: string; readonly next: number }
  | { readonly kind: 'disk-refuses'; readonly fault: 'full' | 'failed' | 'stalled' }
  | { readonly kind: 'disk-slow'; readonly undurable: number; readonly syncMs: number }
  | { readonly kind: 'stalls'; readonly ms: number }
  | { readonly kind: 'just-started'; readonly ms: number; readonly missing: number }
  | { readonly kind: 'applying'; readonly unapplied: number }
  | {
      readonly kind: 'catching-up';
      readonly leader: string;
      readonly missing: number;
      readonly inflight: number;
    }
);

/** Why a node lacks entries that are committed, or has not applied what it has: the most telling first. */
export function whyBehind(evidence: Evidence, id: string): Answer<BehindCause>[] {
  const node = evidence.node(id);
  if (!node) return [answer({ kind: 'unknown-node', node: id })];
  const outside = apart(evidence, node);
  if (outside) return [outside];
  const found = new Lag(evidence, node).causes();
  return found.length > 0 ? found : [answer({ kind: 'not-behind', node: id })];
}

/** Who is not there gets nothing. */
function apart(evidence: Evidence, { id, vitality, process, membership }: NodeView) {
  if (vitality !== 'live') {
    const how = vitality === 'dead' && process ? exitInWords(process) : null;
    return answer<BehindCause>(
      { kind: 'not-running', node: id, vitality, how },
      { proofs: evidence.absenceProof(id), remedies: [reviving(vitality, id)] },
    );
  }
  if (membership === 'blank' || membership === 'outsider') {
    return answer<BehindCause>({ kind: 'not-a-member', node: id }, { remedies: [`join:${id}`] });
  }
  return null;
}

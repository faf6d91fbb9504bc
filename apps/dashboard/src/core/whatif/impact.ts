import type { ProcessAction } from '@quorate/contract';
import type { ClusterView, NodeView } from '../cluster/cluster-view.js';
import { type Grade, gradeOf } from './grade.js';
import { ifDown, type WhatIf } from './what-if.js';

/** Acts that take a node away, or its data. The others heal, and are never asked about. */
export type Disruption = Extract<ProcessAction, 'kill' | 'stop' | 'pause' | 'restart' | 'wipe'>;

/** What such an act would leave of the cluster. */
export interface Impact {
  readonly act: Disruption;
  readonly node: string;
  readonly leads: boolean;
  readonly votes: boolean;
  readonly whatIf: WhatIf;
  readonly grade: Grade;
}

export function impactOf(act: Disruption, node: NodeView, view: ClusterView): Impact {
  const whatIf = ifDown(view, [node.id]);
  const losesData = act === 'wipe' && node.membership !== 'blank';
  return {
    act,
    node: node.id,
    leads: node.leads,
    votes: node.membership === 'voter',
    whatIf,
    grade: gradeOf(whatIf, losesData),
  };
}

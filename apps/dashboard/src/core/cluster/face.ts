import type { NodeView } from './cluster-view.js';

/** How a node looks at a glance: a shape of its own for each, so that colour only repeats it. */
export type Shape =
  | 'leader'
  | 'candidate'
  | 'pre-candidate'
  | 'follower'
  | 'learner'
  | 'blank'
  | 'outsider'
  | 'dead'
  | 'paused'
  | 'starting'
  | 'silent';

export interface Face {
  readonly shape: Shape;
  /** Which word goes with the shape: in `t.cluster.faces`. */
  readonly word: Shape | 'stopping' | 'unreachable';
}

export function faceOf(node: NodeView): Face {
  if (node.vitality === 'stopping') return { shape: 'dead', word: 'stopping' };
  if (node.vitality === 'unreachable') return { shape: 'silent', word: 'unreachable' };
  const shape = shapeOf(node);
  return { shape, word: shape };
}

function shapeOf({ vitality, membership, status }: NodeView): Shape {
  switch (vitality) {
    case 'dead':
    case 'stopping':
      return 'dead';
    case 'paused':
      return 'paused';
    case 'starting':
      return 'starting';
    case 'silent':
    case 'unreachable':
      return 'silent';
    case 'live':
      if (membership === 'blank' || membership === 'outsider') return membership;
      if (membership === 'learner' && status?.role === 'follower') return 'learner';
      return status?.role ?? 'starting';
  }
}

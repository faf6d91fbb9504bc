import type { ClusterView, NodeView } from '../cluster/cluster-view.js';
import { standingFaults, type StandingFault } from './standing-faults.js';
import { isSameWay, type Way } from './ways.js';

/**
 * What becomes of a message from one node to another.
 * - `cut`, `flapping`, `lossy`, `delayed`: by an injected fault, the worst if there are several
 * - `down`: one of the two is not running
 * - `disconnected`: the sender has no connection, and no fault says why
 */
export type Passage = 'up' | 'delayed' | 'lossy' | 'flapping' | 'cut' | 'disconnected' | 'down';

export interface LinkView extends Way {
  readonly passage: Passage;
  /** What was injected there, by whom. */
  readonly faults: readonly StandingFault[];
  /** Why there is no connection, in the sender's words; null where there is one. */
  readonly error: string | null;
}

/** Every way between two members, and whatever else a fault stands on. */
export function reachability(view: ClusterView): LinkView[] {
  const faults = standingFaults(view);
  const ids = endsOf(view, faults);
  const nodes = new Map(view.nodes.map((node) => [node.id, node]));
  return ids.flatMap((from) =>
    ids
      .filter((to) => to !== from)
      .map((to) => linkView({ from, to }, nodes.get(from), nodes.get(to), faults)),
  );
}

/** Who stands at an end of a link, in the order of the view. */
export function endsOf(view: ClusterView, faults = standingFaults(view)): string[] {
  const named = new Set(faults.flatMap(({ at, peer }) => [at, peer]));
  return view.nodes
    .filter(({ id, membership }) => {
      return membership === 'voter' || membership === 'learner' || named.has(id);
    })
    .map(({ id }) => id);
}

function linkView(
  way: Way,
  sender: NodeView | undefined,
  receiver: NodeView | undefined,
  all: readonly StandingFault[],
): LinkView {
  const faults = all.filter(({ ways }) => ways.some((one) => isSameWay(one, way)));
  const connection =
    sender?.vitality === 'live'
      ? sender.status?.connections.find(({ id }) => id === way.to)
      : undefined;
  const error = connection?.connected === false ? (connection.error ?? '') : null;
  const passage = worst(faults) ?? withoutFaults(sender, receiver, error);
  return { ...way, passage, faults, error };
}

function withoutFaults(
  sender: NodeView | undefined,
  receiver: NodeView | undefined,
  error: string | null,
): Passage {
  if (!runs(sender) || !runs(receiver)) return 'down';
  return error === null ? 'up' : 'disconnected';
}

/** A node that this page cannot reach may well be reached by the others. */
const runs = (node: NodeView | undefined): boolean =>
  node?.vitality === 'live' || node?.vitality === 'unreachable';

const bySeverity = ['cut', 'flapping', 'lossy', 'delayed'] as const;
const passages = { cut: 'cut', flap: 'flapping', loss: 'lossy', delay: 'delayed' } as const;

function worst(faults: readonly StandingFault[]): Passage | null {
  const found = faults.map(({ effect }) =>
    effect.type === 'loss' && effect.chance === 1 ? 'cut' : passages[effect.type],
  );
  return bySeverity.find((passage) => found.includes(passage)) ?? null;
}

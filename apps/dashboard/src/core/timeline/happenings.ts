import type { Span } from '../recording/kept-record.js';
import type { Election } from './elections.js';
import type { FaultSpan } from './faults.js';
import type { Turn } from './lives.js';
import type { MembershipChange } from './memberships.js';
import type { Tenure } from './tenures.js';
import type { Timeline } from './timeline.js';
import type { Told } from './told.js';

export const kinds = [
  'election',
  'tenure',
  'membership',
  'process',
  'fault',
  'snapshot',
  'storage',
] as const;
export type Kind = (typeof kinds)[number];

/** One thing that happened, of whatever kind. */
export type Happening = { readonly key: string; readonly t: number; readonly node: string } & (
  | { readonly kind: 'election'; readonly election: Election }
  | { readonly kind: 'tenure'; readonly tenure: Tenure }
  | {
      readonly kind: 'membership';
      readonly change: MembershipChange;
      /** The one before it; null for the first that is known. */
      readonly before: MembershipChange | null;
    }
  | { readonly kind: 'process'; readonly turn: Turn }
  | { readonly kind: 'fault'; readonly fault: FaultSpan }
  | { readonly kind: 'snapshot' | 'storage'; readonly told: Told }
);

export interface Choice {
  /** null for all. */
  readonly kinds: readonly Kind[] | null;
  readonly nodes: readonly string[] | null;
  readonly span: Span;
}

/** What began in the span and was chosen, newest first. */
export function happeningsOf(timeline: Timeline, { kinds, nodes, span }: Choice): Happening[] {
  return all(timeline)
    .filter(({ t }) => t >= span.from && t <= span.to)
    .filter(({ kind }) => kinds === null || kinds.includes(kind))
    .filter(({ node }) => nodes === null || nodes.includes(node))
    .sort((one, other) => other.t - one.t);
}

function all(timeline: Timeline): Happening[] {
  return [
    ...timeline.elections.map((election): Happening => {
      const { key, t, candidate: node } = election;
      return { key: `election/${key}`, t, node, kind: 'election', election };
    }),
    ...timeline.tenures.map((tenure): Happening => {
      const { key, from: t, node } = tenure;
      return { key: `tenure/${key}`, t, node, kind: 'tenure', tenure };
    }),
    ...timeline.memberships.map((change, at): Happening => {
      const { key, t, node } = change;
      const before = timeline.memberships[at - 1] ?? null;
      return { key: `membership/${key}`, t, node, kind: 'membership', change, before };
    }),
    ...timeline.turns.map((turn): Happening => {
      return { key: `process/${turn.key}`, t: turn.t, node: turn.node, kind: 'process', turn };
    }),
    ...timeline.faults.map((fault): Happening => {
      const { key, from: t, node } = fault;
      return { key: `fault/${key}`, t, node, kind: 'fault', fault };
    }),
    ...(['snapshot', 'storage'] as const).flatMap((kind) =>
      (kind === 'snapshot' ? timeline.snapshots : timeline.storage).map((told): Happening => {
        return { key: `${kind}/${told.key}`, t: told.t, node: told.node, kind, told };
      }),
    ),
  ];
}

/** How the members of one configuration differ from those of the one before. */
export function membersChanged(
  change: MembershipChange,
  before: MembershipChange | null,
): { added: string[]; removed: string[]; promoted: string[]; demoted: string[] } {
  const roleBefore = new Map(before?.members.map(({ id, role }) => [id, role]));
  const now = new Set(change.members.map(({ id }) => id));
  const turned = (to: 'voter' | 'learner') =>
    change.members
      .filter(({ id, role }) => role === to && (roleBefore.get(id) ?? to) !== to)
      .map(({ id }) => id);
  return {
    added: change.members.filter(({ id }) => !roleBefore.has(id)).map(({ id }) => id),
    removed: [...roleBefore.keys()].filter((id) => !now.has(id)),
    promoted: turned('voter'),
    demoted: turned('learner'),
  };
}

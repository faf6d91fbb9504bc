import type { MemberChange } from '@quorate/contract';
import type { ClusterView } from '../cluster/cluster-view.js';
import { type Electorate, majorityOf, toleranceOf } from './quorum.js';

/** What a cluster can do and lose, at one moment. */
export interface Standing {
  readonly voters: readonly string[];
  /** Voters that are up and, while there is a leader, follow it. */
  readonly working: readonly string[];
  /** How many voters a decision takes. */
  readonly quorum: number;
  /** How many more voters may be lost; negative when nothing can be decided. */
  readonly tolerance: number;
  readonly leader: string | null;
}

/** An act before it is done: what there is, and what it would leave. */
export interface WhatIf {
  readonly before: Standing;
  readonly after: Standing;
}

export function standingOf({ configuration, leadership, verdict }: ClusterView): Standing {
  return standing(configuration.electorate, verdict.working, leadership.leader);
}

/** Nodes go away: killed, stopped, paused or cut off. */
export function ifDown(view: ClusterView, gone: readonly string[]): WhatIf {
  const before = standingOf(view);
  const working = before.working.filter((id) => !gone.includes(id));
  return { before, after: standing(view.configuration.electorate, working, before.leader) };
}

/** Nodes come back, and follow. */
export function ifUp(view: ClusterView, back: readonly string[]): WhatIf {
  const before = standingOf(view);
  const working = [...new Set([...before.working, ...back])];
  return { before, after: standing(view.configuration.electorate, working, before.leader) };
}

/** The membership changes, and the change is committed. Who is added is up, and becomes a voter unless it is to stay a learner. */
export function ifMembers(view: ClusterView, changes: readonly MemberChange[]): WhatIf {
  const before = standingOf(view);
  const voters = new Set(before.voters);
  const up = new Set(before.working);
  for (const { id } of view.nodes.filter(({ vitality }) => vitality === 'live')) up.add(id);
  // A voter that is up and does not follow would not follow after the change either.
  for (const id of before.voters) if (!before.working.includes(id)) up.delete(id);
  for (const change of changes) {
    const { type, id } = change;
    if (type === 'promote' || (type === 'add' && change.learner !== true)) voters.add(id);
    if (type === 'demote' || type === 'remove') voters.delete(id);
    if (type === 'add') up.add(id);
  }
  return { before, after: standing([[...voters]], [...up], before.leader) };
}

/** Leadership goes to another voter. */
export function ifLed(view: ClusterView, leader: string): WhatIf {
  const before = standingOf(view);
  return { before, after: { ...before, leader } };
}

export function standing(
  electorate: Electorate,
  working: readonly string[],
  leader: string | null,
): Standing {
  const voters = electorate[0] ?? [];
  return {
    voters,
    working: working.filter((id) => voters.includes(id)),
    quorum: majorityOf(voters.length),
    tolerance: toleranceOf(electorate, working),
    leader: leader !== null && working.includes(leader) && voters.includes(leader) ? leader : null,
  };
}

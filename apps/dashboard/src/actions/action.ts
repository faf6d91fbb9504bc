import type { Grade } from '../core/whatif/grade.js';
import type { WhatIf } from '../core/whatif/what-if.js';

/** What actions are about, in the order in which the palette and the help show them. */
export const groups = ['go', 'node', 'member', 'fault', 'data', 'time', 'view'] as const;
export type Group = (typeof groups)[number];

/** Something a person can do, as data: buttons, menus, shortcuts, palette and help read the same list. */
export interface Action {
  /** Unique on the page, as `kill:n1`. */
  readonly id: string;
  readonly group: Group;
  /** The node that it is about; null for none. */
  readonly node: string | null;
  /** The word on the button, as `Kill`. */
  readonly face: string;
  /** The whole name, as `Kill n1`: what a screen reader says and tests look for. */
  readonly name: string;
  /** A single key, or two after each other, as `g o`; null for none. */
  readonly key: string | null;
  /** What has to be accepted first; null for what needs nothing: healing and undoing never ask. */
  readonly confirm: Confirm | null;
  /** What is going on while it runs, as `Killing n1…`; null when it does not. */
  readonly busy: string | null;
  /** Why it cannot be done now; null when it can. */
  readonly unavailable: string | null;
  /** Whether it changes the cluster of now even while the page shows the past, as healing does. */
  readonly inPast: boolean;
  readonly run: () => void;
}

export interface Confirm {
  readonly grade: Grade;
  /** As `Confirm kill n1`. */
  readonly name: string;
  /** What it would leave, in sentences. */
  readonly impact: string;
  /** The voters, the quorum and the tolerance before and after; null when it changes none. */
  readonly whatIf: WhatIf | null;
  /** What has to be typed where the grade is `typed`, as `n1`. */
  readonly word: string;
}

/** Groups that change the cluster. */
const onCluster: readonly Group[] = ['node', 'member', 'fault', 'data'];

export const changesCluster = ({ group }: Action): boolean => onCluster.includes(group);

type Simple = Pick<Action, 'id' | 'group' | 'name' | 'run'> & Partial<Action>;

/** An action that asks nothing and is always possible, but for what is said of it. */
export function action(simple: Simple): Action {
  const quiet = {
    node: null,
    key: null,
    confirm: null,
    busy: null,
    unavailable: null,
    inPast: false,
  };
  return { ...quiet, face: simple.name, ...simple };
}

/** By what they are about, in the order of the groups; groups of which there is none are left out. */
export function byGroup(actions: readonly Action[]): { group: Group; actions: Action[] }[] {
  return groups
    .map((group) => ({ group, actions: actions.filter((one) => one.group === group) }))
    .filter((section) => section.actions.length > 0);
}

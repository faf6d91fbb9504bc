import type { Component } from 'svelte';

/** Shows one thing; `subject` is the value of its parameter in the address. */
export type Inspection = Component<{ subject: string }>;

/**
 * What the inspector can show, by the parameter of the address that asks for it, as
 * `#/stage?why=no-leader`: on every page, and fetched when it is asked for. Its title stands in
 * `t.shell.inspector.titles`. Of several parameters the first in this list is shown.
 */
export const inspections = {
  why: () => import('../why/WhyPanel.svelte'),
  message: () => import('../stage/MessageInspection.svelte'),
  entry: () => import('../stage/EntryInspection.svelte'),
  between: () => import('../stage/LinkInspection.svelte'),
  who: () => import('../stage/NodeInspection.svelte'),
} as const satisfies Readonly<Record<string, () => Promise<{ readonly default: Inspection }>>>;

export type InspectionKind = keyof typeof inspections;

export const inspectionKinds = Object.keys(inspections) as readonly InspectionKind[];

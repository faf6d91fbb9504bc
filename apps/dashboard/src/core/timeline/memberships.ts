import { isNumber, isObject, isText } from '../shape.js';
import type { Told } from './told.js';

export interface MemberOf {
  readonly id: string;
  readonly role: 'voter' | 'learner';
}

/** A configuration of the cluster, as first heard of. */
export interface MembershipChange {
  readonly key: string;
  readonly t: number;
  /** Who told it first. */
  readonly node: string;
  readonly index: number;
  /** When the first node knew that it is committed; null while none does. */
  readonly committedAt: number | null;
  readonly members: readonly MemberOf[];
  /** Whether the old members still count beside the new ones. */
  readonly joint: boolean;
}

export const membershipTypes = ['configuration-changed'] as const;

/** Each configuration once, oldest first. @param events in the order of their times */
export function membershipsOf(events: readonly Told[]): MembershipChange[] {
  const all = new Map<string, MembershipChange>();
  for (const { key, t, node, event } of events) {
    if (event.type !== 'configuration-changed') continue;
    const { configuration } = event;
    if (!isObject(configuration) || !isNumber(configuration.index)) continue;
    const index = configuration.index;
    const committedAt = event.committed === true ? t : null;
    const members = membersOf(configuration.members);
    // One that was never committed may have been replaced at the same index.
    const name = `${index}: ${members.map(({ id, role }) => `${id} ${role}`).join()}`;
    const known = all.get(name);
    const joint = configuration.outgoing !== null;
    all.set(
      name,
      known
        ? { ...known, committedAt: known.committedAt ?? committedAt }
        : { key, t, node, index, committedAt, members, joint },
    );
  }
  return [...all.values()];
}

function membersOf(value: unknown): MemberOf[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown): MemberOf[] =>
    isObject(one) && isText(one.id)
      ? [{ id: one.id, role: one.role === 'learner' ? 'learner' : 'voter' }]
      : [],
  );
}

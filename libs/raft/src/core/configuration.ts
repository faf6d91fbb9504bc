import type { LogIndex, NodeId } from './entry.js';

/** A learner receives the log but neither votes nor counts (thesis §4.2.1, "non-voting member"). */
export type MemberRole = 'voter' | 'learner';

/** One member of the cluster, as the log records it. */
export interface Member {
  readonly id: NodeId;
  /** Where other nodes reach it, `host:port`. An attribute: it may change by a committed change. */
  readonly address: string;
  /**
   * Which data directory stands behind the id. A node that comes back with an emptied volume has
   * another incarnation, and nothing that it says counts until it has been joined again.
   */
  readonly incarnation: string;
  readonly role: MemberRole;
  /** The leader makes this learner a voter, by itself, once it has caught up. */
  readonly promote: boolean;
  /** What the application tells about itself (its HTTP address, say). The library never reads it. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** The members that the cluster has from one configuration entry on. */
export interface Configuration {
  readonly members: readonly Member[];
}

/** A configuration and the entry that holds it. It counts from the moment it is appended (thesis §4.1). */
export interface PlacedConfiguration extends Configuration {
  /** Index of the entry; 0 for "none yet". */
  readonly index: LogIndex;
}

/** A change of the membership, one server at a time (thesis §4.2). */
export type MembershipChange =
  | {
      /**
       * Adds a learner; on a member it changes the address; under a new incarnation it replaces the
       * emptied node by a learner that has to catch up again.
       */
      readonly type: 'add';
      readonly member: Omit<Member, 'role'>;
    }
  | { readonly type: 'promote'; readonly id: NodeId }
  | { readonly type: 'demote'; readonly id: NodeId }
  | { readonly type: 'remove'; readonly id: NodeId };

export const noConfiguration: PlacedConfiguration = { index: 0, members: [] };

export function findMember(configuration: Configuration, id: NodeId): Member | undefined {
  return configuration.members.find((member) => member.id === id);
}

export function voters(configuration: Configuration): readonly Member[] {
  return configuration.members.filter((member) => member.role === 'voter');
}

export function isVoter(configuration: Configuration, id: NodeId): boolean {
  return findMember(configuration, id)?.role === 'voter';
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** A configuration as the data of its log entry. */
export function encodeConfiguration({ members }: Configuration): Uint8Array {
  return encoder.encode(JSON.stringify({ members }));
}

/** @throws SyntaxError when the data is no configuration. */
export function decodeConfiguration(data: Uint8Array): Configuration {
  const value = parse(data);
  if (!isRecord(value) || !Array.isArray(value.members) || !value.members.every(isMember)) {
    throw new SyntaxError('not a configuration');
  }
  const ids = new Set(value.members.map(({ id }) => id));
  if (ids.size < value.members.length) throw new SyntaxError('a member stands twice');
  return { members: value.members };
}

function parse(data: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(data));
  } catch (cause) {
    throw new SyntaxError('not JSON in UTF-8', { cause });
  }
}

function isMember(value: unknown): value is Member {
  return (
    isRecord(value) &&
    typeof value.id === 'string' &&
    typeof value.address === 'string' &&
    typeof value.incarnation === 'string' &&
    (value.role === 'voter' || value.role === 'learner') &&
    typeof value.promote === 'boolean' &&
    isRecord(value.attributes) &&
    Object.values(value.attributes).every((attribute) => typeof attribute === 'string')
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

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
  /**
   * While several voters change at once (joint consensus, thesis §4.3): all members of the
   * configuration that is left. Every decision needs a majority of both. Null otherwise.
   */
  readonly outgoing: readonly Member[] | null;
}

/** A configuration and the entry that holds it. It counts from the moment it is appended (thesis §4.1). */
export interface PlacedConfiguration extends Configuration {
  /** Index of the entry; 0 for "none yet". */
  readonly index: LogIndex;
}

/** What is to become of one server (thesis §4.2). */
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

/** Changes that are made together: all of them, or none. */
export interface ChangeRequest {
  readonly changes: readonly MembershipChange[];
  /** Only if this is the index of the configuration still; null to change whatever there is. */
  readonly expectedIndex: LogIndex | null;
}

export const noConfiguration: PlacedConfiguration = { index: 0, members: [], outgoing: null };

/** Everybody that a configuration names, by id: while joint, those on their way out too. */
export function everyMember({ members, outgoing }: Configuration): readonly Member[] {
  const leaving = outgoing?.filter(({ id }) => !members.some((member) => member.id === id));
  return leaving === undefined || leaving.length === 0 ? members : [...members, ...leaving];
}

export function findMember(configuration: Configuration, id: NodeId): Member | undefined {
  const isWanted = (member: Member) => member.id === id;
  return configuration.members.find(isWanted) ?? configuration.outgoing?.find(isWanted);
}

/** Who votes in the end: while joint, in the configuration that comes. */
export function voters({ members }: Pick<Configuration, 'members'>): readonly Member[] {
  return members.filter(({ role }) => role === 'voter');
}

/** Whether a node of this id has a vote: while joint, in one half at least. */
export function isVoter({ members, outgoing }: Configuration, id: NodeId): boolean {
  const isWanted = (member: Member) => member.id === id && member.role === 'voter';
  return members.some(isWanted) || outgoing?.some(isWanted) === true;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * A configuration as the data of its log entry; which entry that is, is not part of it. One that is
 * not joint reads as it did before there were joint ones.
 */
export function encodeConfiguration(configuration: Configuration): Uint8Array {
  const { outgoing } = configuration;
  const content = { ...configuration, index: undefined, outgoing: outgoing ?? undefined };
  return encoder.encode(JSON.stringify(content));
}

/**
 * Reads a configuration. Fields that this version does not know are kept, and go into the next one.
 * @throws SyntaxError when the data is no configuration.
 */
export function decodeConfiguration(data: Uint8Array): Configuration {
  const value = parse(data);
  if (!isRecord(value)) throw new SyntaxError('not a configuration');
  const { members, outgoing = null } = value;
  if (!isMembers(members) || (outgoing !== null && !isMembers(outgoing))) {
    throw new SyntaxError('not a configuration');
  }
  return { ...value, members, outgoing };
}

function parse(data: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(data));
  } catch (cause) {
    throw new SyntaxError('not JSON in UTF-8', { cause });
  }
}

/** Members of which none stands twice. */
function isMembers(value: unknown): value is readonly Member[] {
  return (
    Array.isArray(value) &&
    value.every(isMember) &&
    new Set(value.map(({ id }) => id)).size === value.length
  );
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

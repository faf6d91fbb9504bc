import { decodeConfiguration } from '../../core/configuration.js';
import type { Member } from '../../core/configuration.js';
import type { LogIndex, Term } from '../../core/entry.js';
import type { LogBase, SnapshotInfo } from '../../core/snapshot.js';
import { StorageError } from '../../errors.js';
import type { StoredState } from '../log-store.js';

/** What a recovery finds, and will go by. */
export interface RecoveryPlan {
  readonly clusterId: string;
  /** The members as this node knows them. To come back they are emptied and joined again. */
  readonly members: readonly Member[];
  /** What this node was among them; null when it was none. */
  readonly role: Member['role'] | null;
  readonly term: Term;
  /** The last entry that this node has. What the cluster had committed behind it is lost. */
  readonly last: LogBase;
  /**
   * What this node knows to be committed. The entries between here and the last one may never have
   * been: they come into force all the same.
   */
  readonly commitIndex: LogIndex;
}

/** @throws StorageError `failed` when there is nothing to recover */
export function planOf(
  { identity, hardState, base, commitIndex, entries }: StoredState,
  snapshot: SnapshotInfo | null,
): RecoveryPlan {
  const members = lastMembers(entries, snapshot);
  if (identity.clusterId === null || members === null) {
    throw new StorageError(
      'failed',
      `${identity.nodeId} belongs to no cluster yet: there is nothing to recover`,
    );
  }
  const { index, term } = entries.at(-1) ?? base;
  return {
    clusterId: identity.clusterId,
    members,
    role: members.find(({ id }) => id === identity.nodeId)?.role ?? null,
    term: hardState.term,
    last: { index, term },
    commitIndex,
  };
}

/** Of the last configuration, committed or not: the entry that holds it comes into force as well. */
function lastMembers(
  entries: StoredState['entries'],
  snapshot: SnapshotInfo | null,
): readonly Member[] | null {
  const last = entries.findLast(({ type }) => type === 'configuration');
  const configuration =
    last === undefined ? snapshot?.configuration : decodeConfiguration(last.data);
  if (configuration === undefined) return null;
  const { members, outgoing } = configuration;
  const leaving = (outgoing ?? []).filter(({ id }) => !members.some((other) => other.id === id));
  return [...members, ...leaving];
}

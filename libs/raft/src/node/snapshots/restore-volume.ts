import { encodeConfiguration, type Member } from '../../core/configuration.js';
import type { NodeId } from '../../core/entry.js';
import { RaftError } from '../../errors.js';
import type { LogStore, StoredState } from '../../storage/log-store.js';
import type { SnapshotStore } from '../../storage/snapshot-store.js';
import { checkAddress, checkId } from '../settings.js';
import { imported } from './snapshot-stream.js';

/** What a cluster is restored from, and onto what. */
export interface RestoreOptions {
  readonly id: NodeId;
  /** Where other nodes will reach this one, `host:port`. */
  readonly address: string;
  readonly attributes?: Readonly<Record<string, string>>;
  /** A blank volume. */
  readonly log: LogStore;
  readonly snapshots: SnapshotStore;
  /** What `exportSnapshot` gave: a file's stream, say. */
  readonly source: AsyncIterable<Uint8Array>;
}

/**
 * Makes a blank volume that of a new cluster, whose state is that of an exported snapshot and whose
 * only voter is this node. Nothing else of the old cluster goes on: its members are not asked.
 * @throws RaftError `already-bootstrapped`, `invalid-argument`: nothing was founded; StorageError
 */
export async function restoreVolume(options: RestoreOptions): Promise<void> {
  const { id, address, log, snapshots, source } = options;
  checkId('id', id);
  checkAddress('address', address);
  const stored = await log.open(id);
  try {
    mustBeBlank(stored);
    const { identity } = stored;
    const { incarnation } = identity;
    await snapshots.open(identity);
    const { index, term } = await imported(snapshots, source);
    // It begins a term of its own, so that nothing in it can be taken for an entry of the old cluster.
    const ownTerm = term + 1;
    const member: Member = {
      id,
      address,
      incarnation,
      role: 'voter',
      promote: false,
      attributes: { ...options.attributes },
    };
    const data = encodeConfiguration({ members: [member], outgoing: null });
    await log.adopt(incarnation);
    await log.write([
      {
        id: 0,
        hardState: { term: ownTerm, votedFor: null },
        base: { index, term },
        commit: index + 1,
        entries: [{ index: index + 1, term: ownTerm, type: 'configuration', data }],
      },
    ]);
  } finally {
    await Promise.allSettled([snapshots.close(), log.close()]);
  }
}

function mustBeBlank({ identity, hardState, base, entries }: StoredState): void {
  const { nodeId, clusterId, incarnation } = identity;
  const isBlank = hardState.term === 0 && base.index === 0 && entries.length === 0;
  // An earlier try may have died in the middle.
  if (isBlank && (clusterId === null || clusterId === incarnation)) return;
  throw new RaftError(
    'already-bootstrapped',
    `${nodeId} holds state of its own. Nothing was changed; restore into an empty volume.`,
    { outcome: 'not-applied', retryable: false },
  );
}

import type { NodeId } from '../core/entry.js';
import { RaftError } from '../errors.js';
import type { LogStore } from '../storage/log-store.js';
import type { SnapshotStore } from '../storage/snapshot-store.js';
import type { Transport } from '../transport/transport.js';
import { bounded } from './calls/bounded.js';
import type { Clock } from './options.js';

const releaseMs = 5000;

/** What a node has opened, and what it still does with it. */
export interface Holding {
  readonly id: NodeId;
  readonly transport: Pick<Transport, 'close'>;
  readonly snapshots?: Pick<SnapshotStore, 'close'>;
  readonly log: Pick<LogStore, 'close'>;
  /** Resolves when no write is under way any more. */
  idle(): Promise<void>;
}

/**
 * Lets go of all that a node holds, in an order in which nothing is cut off.
 * @throws RaftError `deadline` after 5 seconds, and what the stores and the transport throw
 */
export function release(holding: Holding, clock: Clock): Promise<void> {
  return bounded(closeAll(holding), {
    clock,
    timeoutMs: releaseMs,
    timedOut: () => stillOpen(holding.id),
  });
}

async function closeAll(holding: Holding): Promise<void> {
  try {
    await holding.transport.close();
  } finally {
    await holding.idle();
    try {
      await holding.snapshots?.close();
    } finally {
      await holding.log.close();
    }
  }
}

function stillOpen(id: NodeId): RaftError {
  const message = `${id} could not close its connections and log within ${releaseMs} ms. End the process to let go of them.`;
  return new RaftError('deadline', message, { outcome: 'unknown', retryable: false });
}

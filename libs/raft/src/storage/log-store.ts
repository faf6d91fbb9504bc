import type { Entry, HardState, LogIndex } from '../core/entry.js';
import type { LogWrite } from '../core/effects.js';
import type { LogBase } from '../core/snapshot.js';

/** Who owns a volume. Written when the volume is first used, and again when it joins a cluster. */
export interface VolumeIdentity {
  readonly nodeId: string;
  /** Made at random for each new volume: an emptied volume is another one, whatever its node id. */
  readonly incarnation: string;
  /** null until the node is bootstrapped or adopted by a leader. */
  readonly clusterId: string | null;
}

/** What a node finds when it starts. */
export interface StoredState {
  readonly identity: VolumeIdentity;
  readonly hardState: HardState;
  /** Where the log begins: the last entry that was let go of, or that a snapshot stands for. */
  readonly base: LogBase;
  /** What was known to be committed as of the last write. */
  readonly commitIndex: LogIndex;
  /** The log behind `base`. */
  readonly entries: readonly Entry[];
  /** Set when files of the log were let go of: the one that held `base`. */
  readonly droppedFile?: string;
  /** Set when the node had died in the middle of a write: what was cut from the end of the log. */
  readonly cut?: TornWrite;
}

/** The remains of a write that was on its way when the node died. It was never acknowledged. */
export interface TornWrite {
  readonly file: string;
  readonly offset: number;
  readonly bytes: number;
}

/** A node's durable memory: its identity, term and vote, and its log. One node at a time holds it. */
export interface LogStore {
  /**
   * Opens the volume, makes it if it is new, and reads what it holds.
   * @throws StorageError `in-use`, `foreign` (another node's volume), `corrupt` (file and offset named).
   */
  open(nodeId: string): Promise<StoredState>;

  /** Durable when it resolves. */
  adopt(clusterId: string): Promise<void>;

  /**
   * Appends the writes in order, with one sync for all. Durable when it resolves; when it rejects,
   * nothing of it counts, and the caller may hand in the same writes again. One call at a time.
   * @throws StorageError `full`, `failed`
   */
  write(batch: readonly LogWrite[]): Promise<void>;

  /**
   * Lets go of entries up to this index, as far as that is cheap: later opens may still give some of
   * them. Not durable when it resolves. May run beside a write.
   */
  compact(upTo: LogIndex): Promise<void>;

  /** Ends what is under way, and lets go of the volume. */
  close(): Promise<void>;
}

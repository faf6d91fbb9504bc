import type { Entry, LogIndex } from '../../core/entry.js';
import type { Input } from '../../core/input.js';
import type { Limits } from '../../core/options.js';
import type { SnapshotInfo, SnapshotMeta, SnapshotTask } from '../../core/snapshot.js';
import type { RunnerEvent } from '../event.js';
import { messageOf } from '../message-of.js';
import type { Ending } from './ending.js';
import { Restorer } from './restorer.js';
import type { SnapshotIo } from './snapshot-io.js';
import { SnapshotTaker } from './snapshot-taker.js';

export interface SnapshotsPorts {
  now(): number;
  setTimer(delayMs: number, fire: () => void): () => void;
  soon(fire: () => void): void;
  /** What a snapshot of the state as it is now stands for. */
  present(): SnapshotMeta;
  step(input: Input): void;
  event(event: RunnerEvent): void;
  /** The state is about to be replaced: nothing may be applied to it meanwhile. */
  restoring(): void;
  restored(snapshot: SnapshotInfo): void;
  /** There is no way to go on. */
  broken(cause: unknown): void;
}

type Task<T extends SnapshotTask['type']> = Extract<SnapshotTask, { readonly type: T }>;
type Attempt = Extract<RunnerEvent, { readonly type: 'snapshot-failed' }>['attempt'];

/** Snapshots of one node: those it takes, and what the core wants done with them. */
export class Snapshots {
  private readonly taker: SnapshotTaker;
  private readonly restorer: Restorer;
  /** Pieces from a leader, for the store to take one by one. */
  private pieces: Task<'store'>[] = [];
  private isStoring = false;
  private compactTo: LogIndex = 0;
  private isCompacting = false;
  private stopped = false;

  constructor(
    limits: () => Limits,
    private readonly io: SnapshotIo,
    private readonly ports: SnapshotsPorts,
  ) {
    const setTimer = (delayMs: number, fire: () => void) => ports.setTimer(delayMs, fire);
    this.restorer = new Restorer(io, {
      setTimer,
      soon: (fire) => ports.soon(fire),
      restored: (snapshot) => this.restored(snapshot),
      failed: (error) => this.failed('restore', error),
      broken: (cause) => ports.broken(cause),
    });
    this.taker = new SnapshotTaker(limits, {
      setTimer,
      present: () => (this.restorer.isBusy ? null : ports.present()),
      save: (meta, ending) => this.save(meta, ending),
      taken: (snapshot) => ports.step({ type: 'snapshot-taken', snapshot }),
      failed: (error) => this.failed('take', error),
    });
  }

  perform(task: SnapshotTask): void {
    switch (task.type) {
      case 'read':
        return this.read(task);
      case 'store':
        this.pieces.push(task);
        return this.storeNext();
      case 'restore':
        this.ports.restoring();
        return this.restorer.restore(task.snapshot);
      case 'compact':
        this.compactTo = task.upTo;
        return this.compact();
    }
  }

  applied(entry: Entry): void {
    this.taker.applied(entry);
  }

  /** A run of entries is applied. */
  advanced(): void {
    this.taker.look();
  }

  /** A snapshot of the state as it is now, or a bit later. */
  ask(ending: Ending<SnapshotInfo>): void {
    this.taker.ask(ending);
  }

  /** The state is that of this snapshot, and entries behind it may be applied. */
  restored(snapshot: SnapshotInfo): void {
    this.ports.restored(snapshot);
    this.taker.restored(snapshot);
  }

  stop(cause: unknown): void {
    this.stopped = true;
    this.taker.stop(cause);
    this.restorer.stop();
    this.pieces = [];
  }

  private save(meta: SnapshotMeta, ending: Ending<SnapshotInfo>): void {
    const begun = this.ports.now();
    const failed = (error: unknown) => ending.failed(error);
    let chunks: Iterable<Uint8Array>;
    try {
      chunks = this.untilStopped(this.io.image());
    } catch (cause) {
      this.ports.soon(() => failed(cause));
      return;
    }
    this.io.save(meta, chunks, {
      done: (snapshot) => {
        const { index, term, bytes } = snapshot;
        const durationMs = this.ports.now() - begun;
        this.ports.event({ type: 'snapshot-taken', index, term, bytes, durationMs });
        ending.done(snapshot);
      },
      failed,
    });
  }

  /** A node that closes does not wait for a long snapshot. */
  private *untilStopped(chunks: Iterable<Uint8Array>): Generator<Uint8Array> {
    for (const chunk of chunks) {
      if (this.stopped) throw new Error('the node is stopped');
      yield chunk;
    }
  }

  /** A snapshot that is there no more has been replaced by a newer one: the core knows. */
  private read({ to, session, snapshot, offset }: Task<'read'>): void {
    const read = (data: Uint8Array | null) =>
      this.ports.step({ type: 'snapshot-read', to, session, snapshot, offset, data });
    this.io.read(snapshot, offset, {
      done: read,
      failed: (error) => {
        this.failed('send', error);
        read(null);
      },
    });
  }

  private storeNext(): void {
    const piece = this.pieces[0];
    if (piece === undefined || this.isStoring) return;
    this.pieces.shift();
    this.isStoring = true;
    const { snapshot, offset, data } = piece;
    const stored = (received: number) => {
      this.isStoring = false;
      this.ports.step({ type: 'snapshot-stored', snapshot, received });
      this.storeNext();
    };
    this.io.receive(snapshot, offset, data, {
      done: stored,
      failed: (error) => {
        this.failed('receive', error);
        stored(0);
      },
    });
  }

  /** What fails here is done with the next snapshot. */
  private compact(): void {
    if (this.isCompacting) return;
    const upTo = this.compactTo;
    this.isCompacting = true;
    const ended = () => {
      this.isCompacting = false;
      if (this.compactTo > upTo) this.compact();
    };
    this.io.compact(upTo, {
      done: ended,
      failed: (error) => {
        this.failed('compact', error);
        ended();
      },
    });
  }

  private failed(attempt: Attempt, error: unknown): void {
    this.ports.event({ type: 'snapshot-failed', attempt, error: messageOf(error) });
  }
}

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogWrite } from '../core/effects.js';
import type { Entry } from '../core/entry.js';
import { StorageError } from '../errors.js';
import { logWrite } from '../testing/writes.js';
import { FileLog } from './file-log.js';
import { FaultyFiles } from './files/faulty-files.js';
import type { Fault, FileOperation } from './files/faulty-files.js';
import { LogImage } from './log-image.js';
import type { StoredState } from './log-store.js';
import { crashAt, randomFrom } from './test/faults.js';
import { lockVolume } from './volume/lock.js';

/**
 * The promise: whatever happens at whatever moment, the volume opens again, and holds every write
 * that was acknowledged, in full, and beside them at most the one that was under way, in full. It may
 * have let go of entries that it was told to let go of, from the front, and of no other.
 */

interface EntrySpec {
  readonly size: number;
  /** Values of zeros look like sectors that never reached the disk. */
  readonly zeros: boolean;
}

interface Step {
  readonly vote: string | null | undefined;
  /** The log begins anew, so far behind what is committed; null when it goes on. */
  readonly base: number | null;
  /** How many more entries are committed. */
  readonly commit: number;
  /** How far back the entries start: 0 appends, more replaces. */
  readonly back: number;
  readonly entries: readonly EntrySpec[];
}

const step = fc.record<Step>({
  vote: fc.constantFrom(undefined, null, 'n1', 'n2'),
  base: fc.option(fc.nat(5), { freq: 12, nil: null }),
  commit: fc.nat(12),
  back: fc.nat(4),
  entries: fc.array(fc.record({ size: fc.oneof(fc.nat(20), fc.nat(3000)), zeros: fc.boolean() }), {
    maxLength: 4,
  }),
});
const steps = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), {
  minLength: 2,
  maxLength: 9,
});
const seed = fc.integer();

describe('a log on disk that crashes', { timeout: 60_000 }, () => {
  test('at any operation holds what it acknowledged, and the write under way whole or not at all', async () => {
    await fc.assert(
      fc.asyncProperty(seed, steps, async (seed, steps) => {
        let operations = 0;
        const count = (): null => {
          operations += 1;
          return null;
        };
        await new Run(seed, count).all(steps);
        for (let at = 1; at <= operations; at += 1) {
          await new Run(seed + at, crashAt(at)).all(steps);
        }
      }),
      { numRuns: 12 },
    );
  });

  test('and fails, again and again, goes on with the same writes and loses none', async () => {
    await fc.assert(
      fc.asyncProperty(seed, steps, fc.nat(12), async (seed, steps, percent) => {
        const random = randomFrom(seed);
        let faults = 0;
        const fault = (): Fault | null => {
          if (faults > 60 || random() * 100 >= percent) return null;
          faults += 1;
          return (['crash', 'EIO', 'ENOSPC'] as const)[Math.floor(random() * 3)]!;
        };
        await new Run(seed, fault).all(steps);
      }),
      { numRuns: 200 },
    );
  });

  test('while the same disk is full for a time needs no restart', async () => {
    await fc.assert(
      fc.asyncProperty(seed, steps, fc.nat(30), fc.nat(20), async (seed, steps, from, length) => {
        let operations = 0;
        const fault = ({ grows }: FileOperation): Fault | null => {
          operations += 1;
          return grows && operations > from && operations < from + length ? 'ENOSPC' : null;
        };
        await new Run(seed, fault).all(steps);
      }),
      { numRuns: 150 },
    );
  });
});

/** One life of a disk, with a model of what it must hold. */
class Run {
  private readonly random: () => number;
  private files: FaultyFiles;
  private log: FileLog | null = null;
  private crashed = false;
  private readonly fault: (operation: FileOperation) => Fault | null;
  private acknowledged = new LogImage();
  /** What the disk may hold instead: with a write that was under way, or has failed since. */
  private underWay: LogImage[] = [];
  /** Entries up to here may be gone. */
  private compacted = 0;
  private clusters = new Set<string | null>([null]);
  private incarnation = 0;

  constructor(seed: number, fault: (operation: FileOperation) => Fault | null) {
    this.random = randomFrom(seed);
    this.fault = (operation) => {
      const struck = fault(operation);
      if (struck === 'crash') this.crashed = true;
      return struck;
    };
    this.files = new FaultyFiles({ random: this.random, fault: this.fault });
  }

  async all(steps: readonly (readonly Step[])[]): Promise<void> {
    for (const [number, batch] of steps.entries()) {
      await this.write(batch);
      if (number === 2) await this.until((log) => this.adopt(log));
    }
    await this.close();
    await this.openLog();
    await this.close();
  }

  /** Hands in the same writes until they are durable, or at times smaller ones instead. */
  private async write(batch: readonly Step[]): Promise<void> {
    const small: readonly Step[] = [{ vote: 'n1', base: null, back: 0, commit: 0, entries: [] }];
    await this.until(async (log, tries) => {
      const writes = this.writes(tries > 0 && this.random() < 0.3 ? small : batch);
      const after = imageOf(this.acknowledged, writes);
      this.underWay.push(after);
      const compaction = this.compact(log);
      try {
        await log.write(writes);
        this.acknowledged = after;
        this.underWay = [];
      } finally {
        await compaction;
      }
    });
  }

  /** Now and then, beside a write. */
  private async compact(log: FileLog): Promise<void> {
    if (this.random() < 0.5) return;
    const { commitIndex } = this.acknowledged;
    const upTo = Math.max(0, commitIndex - Math.floor(this.random() * 4));
    this.compacted = Math.max(this.compacted, upTo);
    try {
      await log.compact(upTo);
    } catch (error) {
      this.expected(error);
    }
  }

  private async adopt(log: FileLog): Promise<void> {
    this.clusters.add('c1');
    await log.adopt('c1');
    this.clusters = new Set(['c1']);
  }

  /** Tries until it succeeds. What is rejected, is rejected as promised. */
  private async until(act: (log: FileLog, tries: number) => Promise<unknown>): Promise<void> {
    for (let tries = 0; tries < 200; tries += 1) {
      try {
        await act(this.log ?? (await this.openLog()), tries);
        return;
      } catch (error) {
        this.expected(error);
      }
    }
    throw new Error('it never succeeded');
  }

  private async openLog(): Promise<FileLog> {
    const files = this.crashed ? this.restart() : this.files;
    const log = new FileLog({
      dir: '/v',
      files,
      segmentBytes: 2048,
      newIncarnation: () => `i${(this.incarnation += 1)}`,
      lock: lockVolume,
    });
    for (let tries = 0; ; tries += 1) {
      try {
        this.check(await log.open('n1'));
        break;
      } catch (error) {
        this.expected(error);
        if (this.crashed) return this.openLog();
        if (tries > 200) throw error;
      }
    }
    this.log = log;
    return log;
  }

  private restart(): FaultyFiles {
    this.crashed = false;
    this.log = null;
    const after = this.random() < 0.5 ? 'kill' : 'power-loss';
    this.files = this.files.restart(after, { random: this.random, fault: this.fault });
    return this.files;
  }

  private check(state: StoredState): void {
    const gone = Math.min(this.compacted, state.base.index);
    const allowed = [this.acknowledged, ...this.underWay].map((image) => {
      const left = imageOf(image, []);
      left.compact(gone);
      return left;
    });
    expect(allowed.map(told)).toContain(told(state));
    this.acknowledged = imageOf(state, []);
    this.underWay = [];
    expect([...this.clusters]).toContain(state.identity.clusterId);
    this.clusters = new Set([state.identity.clusterId]);
  }

  private expected(error: unknown): void {
    if (!(error instanceof StorageError)) throw error;
    expect(['full', 'failed'], error.message).toContain(error.code);
    if (this.crashed) this.log = null;
  }

  private async close(): Promise<void> {
    const log = this.log;
    this.log = null;
    try {
      await log?.close();
    } catch (error) {
      this.expected(error);
    }
  }

  private writes(batch: readonly Step[]): LogWrite[] {
    const image = imageOf(this.acknowledged, []);
    return batch.map(({ vote, base, back, commit, entries }) => {
      const term = image.hardState.term + 1;
      const begin = base === null ? null : { index: image.commitIndex + 1 + base, term };
      const last = begin?.index ?? image.lastIndex;
      const committed = begin?.index ?? image.commitIndex;
      const first = Math.max(committed, last - back) + 1;
      const write = logWrite({
        hardState: vote === undefined ? null : { term, votedFor: vote },
        base: begin,
        commit: Math.min(committed + commit, first - 1 + entries.length),
        entries: entries.map((spec, n) => this.entry(first + n, term, spec)),
      });
      image.apply([write]);
      return write;
    });
  }

  private entry(index: number, term: number, { size, zeros }: EntrySpec): Entry {
    const data = Buffer.alloc(size);
    if (!zeros) data.forEach((_, at) => (data[at] = Math.floor(this.random() * 256)));
    return { index, term, type: 'command', data };
  }
}

type Held = Pick<StoredState, 'hardState' | 'base' | 'commitIndex' | 'entries'>;

function imageOf(held: Held, writes: readonly LogWrite[]): LogImage {
  const { hardState, base, commitIndex, entries } = held;
  const image = new LogImage({ hardState, last: base });
  image.apply([logWrite({ commit: commitIndex, entries }), ...writes]);
  return image;
}

function told({ hardState, base, commitIndex, entries }: Held): string {
  const lines = entries.map(
    ({ index, term, type, data }) =>
      `${index} ${term} ${type} ${Buffer.from(data).toString('hex')}`,
  );
  return [JSON.stringify({ hardState, base, commitIndex }), ...lines].join('\n');
}

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SnapshotInfo, SnapshotMeta } from '../../core/snapshot.js';
import { StorageError } from '../../errors.js';
import { FaultyFiles } from '../files/faulty-files.js';
import type { Fault, FileOperation } from '../files/faulty-files.js';
import type { VolumeIdentity } from '../log-store.js';
import { crashAt, randomFrom } from '../test/faults.js';
import { FileSnapshots } from './file-snapshots.js';

/**
 * The promise: whatever happens at whatever moment, the store opens again, and its latest snapshot is
 * whole: the last that was acknowledged, or one that was under way since. A transfer that broke is
 * taken up again, and never yields other bytes than were sent.
 */

/** Sizes of the chunks of a snapshot of this node's own, or of one that is sent in pieces. */
interface Step {
  readonly from: 'self' | 'leader';
  readonly chunks: readonly number[];
  readonly pieceBytes: number;
}

const step = fc.record<Step>({
  from: fc.constantFrom('self', 'leader'),
  chunks: fc.array(fc.oneof(fc.nat(20), fc.nat(3000)), { maxLength: 5 }),
  pieceBytes: fc.integer({ min: 300, max: 2000 }),
});
const steps = fc.array(step, { minLength: 2, maxLength: 6 });
const seed = fc.integer();

describe('a snapshot store on disk that crashes', { timeout: 60_000 }, () => {
  test('at any operation holds its latest snapshot whole', async () => {
    await fc.assert(
      fc.asyncProperty(seed, steps, async (seed, steps) => {
        let operations = 0;
        await new Run(seed, () => {
          operations += 1;
          return null;
        }).all(steps);
        for (let at = 1; at <= operations; at += 1) {
          await new Run(seed + at, crashAt(at)).all(steps);
        }
      }),
      { numRuns: 12 },
    );
  });

  test('and fails, again and again, saves and receives in the end', async () => {
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
});

const volume: VolumeIdentity = { nodeId: 'n1', incarnation: 'i1', clusterId: 'c1' };
const leader: VolumeIdentity = { nodeId: 'n2', incarnation: 'i2', clusterId: 'c1' };

/** One life of a disk, with a model of what it must hold. */
class Run {
  private readonly random: () => number;
  private readonly fault: (operation: FileOperation) => Fault | null;
  private files: FaultyFiles;
  private store: FileSnapshots | null = null;
  private crashed = false;
  private acknowledged = 0;
  private readonly chunksAt = new Map<number, readonly Buffer[]>();
  private readonly underWay = new Set<number>();

  constructor(seed: number, fault: (operation: FileOperation) => Fault | null) {
    this.random = randomFrom(seed);
    this.fault = (operation) => {
      const struck = fault(operation);
      if (struck === 'crash') this.crashed = true;
      return struck;
    };
    this.files = new FaultyFiles({ random: this.random, fault: this.fault });
  }

  async all(steps: readonly Step[]): Promise<void> {
    for (const [number, step] of steps.entries()) {
      const index = 10 * (number + 1);
      const chunks = step.chunks.map((size) => this.bytes(size));
      this.chunksAt.set(index, chunks);
      this.underWay.add(index);
      if (step.from === 'self') await this.save(index, chunks);
      else await this.receive(index, chunks, step.pieceBytes);
      this.acknowledged = index;
      this.underWay.clear();
    }
    this.crashed = true;
    await this.until(() => Promise.resolve());
  }

  private async save(index: number, chunks: readonly Buffer[]): Promise<void> {
    await this.until(async (store) => {
      const snapshot = await store.save(metaAt(index), chunks);
      await this.checkWhole(store, snapshot);
    });
  }

  private async receive(index: number, chunks: readonly Buffer[], pieceBytes: number) {
    const { snapshot, whole } = await sent(index, chunks);
    let offset = 0;
    await this.until(async (store) => {
      while (offset < snapshot.bytes) {
        const piece = whole.subarray(offset, offset + pieceBytes);
        offset = await store.receive(snapshot, offset, piece);
      }
      await this.checkWhole(store, snapshot);
    });
  }

  /** Tries until it succeeds. What is rejected, is rejected as promised. */
  private async until(act: (store: FileSnapshots) => Promise<void>): Promise<void> {
    for (let tries = 0; tries < 300; tries += 1) {
      try {
        await act(await this.open());
        return;
      } catch (error) {
        if (!(error instanceof StorageError)) throw error;
        expect(['full', 'failed'], error.message).toContain(error.code);
      }
    }
    throw new Error('it never succeeded');
  }

  private async open(): Promise<FileSnapshots> {
    if (this.crashed) this.restart();
    if (this.store !== null) return this.store;
    const store = new FileSnapshots({ dir: '/s', files: this.files, retain: 2 });
    const latest = await store.open(volume);
    expect([this.acknowledged, ...this.underWay]).toContain(latest?.index ?? 0);
    if (latest !== null) await this.checkWhole(store, latest);
    this.store = store;
    return store;
  }

  private restart(): void {
    this.crashed = false;
    this.store = null;
    const after = this.random() < 0.5 ? 'kill' : 'power-loss';
    this.files = this.files.restart(after, { random: this.random, fault: this.fault });
  }

  private async checkWhole(store: FileSnapshots, snapshot: SnapshotInfo): Promise<void> {
    expect(snapshot.configuration).toEqual(metaAt(snapshot.index).configuration);
    const loaded: Uint8Array[] = [];
    for await (const chunk of store.load(snapshot)) loaded.push(chunk);
    expect(hex(loaded)).toEqual(hex(this.chunksAt.get(snapshot.index)!));
  }

  private bytes(size: number): Buffer {
    return Buffer.alloc(size).map(() => Math.floor(this.random() * 256)) as Buffer;
  }
}

function metaAt(index: number): SnapshotMeta {
  return { index, term: 1, configuration: { index: 1, members: [], outgoing: null } };
}

async function sent(index: number, chunks: readonly Buffer[]) {
  const files = new FaultyFiles({ random: () => 0 });
  const store = new FileSnapshots({ dir: '/s', files, retain: 2 });
  await store.open(leader);
  const snapshot = await store.save(metaAt(index), chunks);
  return { snapshot, whole: await store.read(snapshot, 0, snapshot.bytes) };
}

function hex(chunks: readonly Uint8Array[]): string[] {
  return chunks.map((chunk) => Buffer.from(chunk).toString('hex'));
}

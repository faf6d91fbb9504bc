import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Input } from '../../core/input.js';
import { defaultLimits } from '../../core/options.js';
import type { SnapshotInfo } from '../../core/snapshot.js';
import { StorageError } from '../../errors.js';
import { systemClock } from '../clock.js';
import type { Ending } from './ending.js';
import type { SnapshotIo } from './snapshot-io.js';
import { Snapshots } from './snapshots.js';

const snapshot: SnapshotInfo = {
  index: 9,
  term: 2,
  configuration: { index: 1, members: [], outgoing: null },
  id: 's9',
  bytes: 30,
};
const data = new Uint8Array(10);

/** Stores whose every piece of work lies still until the test ends it. */
function setup() {
  const work: { readonly name: string; readonly ending: Ending<never> }[] = [];
  const begin = (name: string, ending: Ending<never>) => void work.push({ name, ending });
  const state = { chunks: [] as number[], finished: 0, refuses: false };
  const told: string[] = [];
  const inputs: Input[] = [];
  const io: SnapshotIo = {
    image: () => {
      if (state.refuses) throw new Error('not now');
      return [data];
    },
    replace: () => {
      const chunks: number[] = [];
      return {
        write: (chunk) => {
          if (state.refuses) throw new Error('cannot be read');
          chunks.push(chunk.length);
        },
        finish: () => {
          state.chunks = chunks;
          state.finished++;
        },
      };
    },
    save: (meta, chunks, ending) => {
      for (const chunk of chunks) told.push(`chunk of ${chunk.length}`);
      begin(`save ${meta.index}`, ending);
    },
    load: ({ index }) => ({
      next: (ending) => begin(`load ${index}`, ending),
      cancel: () => told.push(`cancelled ${index}`),
    }),
    read: (_snapshot, offset, ending) => begin(`read ${offset}`, ending),
    receive: (_snapshot, offset, _data, ending) => begin(`receive ${offset}`, ending),
    compact: (upTo, ending) => begin(`compact ${upTo}`, ending),
  };
  const snapshots = new Snapshots(() => defaultLimits, io, {
    now: () => systemClock.now(),
    setTimer: (delayMs, fire) => systemClock.setTimer(delayMs, fire),
    soon: (fire) => void setTimeout(fire, 0),
    present: () => ({ ...snapshot, index: 5 }),
    step: (input) => inputs.push(input),
    event: (event) => {
      if (event.type === 'snapshot-failed') told.push(`${event.attempt} failed: ${event.error}`);
    },
    restoring: () => told.push('restoring'),
    restored: ({ index }) => told.push(`restored ${index}`),
    broken: (cause) => told.push(`broken: ${String(cause)}`),
  });
  /** Ends the oldest work. */
  const done = (value?: unknown) => {
    work.shift()!.ending.done(value as never);
    vi.advanceTimersByTime(0);
  };
  const fail = (error: unknown) => work.shift()!.ending.failed(error);
  const pending = () => work.map(({ name }) => name);
  return { snapshots, state, told, inputs, done, fail, pending };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('a piece for a follower', () => {
  const task = { type: 'read', to: 'n2', session: 7, snapshot, offset: 10 } as const;

  it('goes to the core', () => {
    const { snapshots, inputs, done } = setup();
    snapshots.perform(task);
    done(data);
    expect(inputs).toEqual([{ ...task, type: 'snapshot-read', data }]);
  });

  it('that cannot be read is told of, to the core too', () => {
    const { snapshots, inputs, told, fail } = setup();
    snapshots.perform(task);
    fail(new Error('gone'));
    expect(inputs).toMatchObject([{ type: 'snapshot-read', data: null }]);
    expect(told).toEqual(['send failed: gone']);
  });
});

describe('pieces from a leader', () => {
  it('go to the store one by one', () => {
    const { snapshots, inputs, done, pending } = setup();
    snapshots.perform({ type: 'store', snapshot, offset: 0, data });
    snapshots.perform({ type: 'store', snapshot, offset: 10, data });
    expect(pending()).toEqual(['receive 0']);
    done(10);
    expect(pending()).toEqual(['receive 10']);
    done(20);
    const received = inputs.map((input) => input.type === 'snapshot-stored' && input.received);
    expect(received).toEqual([10, 20]);
  });

  it('that could not be kept count as none', () => {
    const { snapshots, inputs, told, fail } = setup();
    snapshots.perform({ type: 'store', snapshot, offset: 20, data });
    fail(new StorageError('corrupt', 'it is not what its id says'));
    expect(inputs).toMatchObject([{ type: 'snapshot-stored', received: 0 }]);
    expect(told).toEqual(['receive failed: it is not what its id says']);
  });
});

describe('restoring', () => {
  it('gives the state machine a chunk at a time, with room for other work between them', () => {
    const { snapshots, state, told, done, pending } = setup();
    snapshots.perform({ type: 'restore', snapshot });
    expect(told).toEqual(['restoring']);
    done(data);
    done(new Uint8Array(3));
    expect(state.finished).toBe(0);
    expect(pending()).toEqual(['load 9']);
    done(null);
    expect(state.chunks).toEqual([10, 3]);
    expect(told).toEqual(['restoring', 'restored 9']);
  });

  it('of an older snapshot gives way to that of a newer one', () => {
    const { snapshots, state, told, done } = setup();
    snapshots.perform({ type: 'restore', snapshot });
    snapshots.perform({ type: 'restore', snapshot: { ...snapshot, index: 12 } });
    done(null);
    expect(state.finished).toBe(0);
    done(null);
    expect(state.finished).toBe(1);
    expect(told).toEqual(['restoring', 'restoring', 'cancelled 9', 'restored 12']);
  });

  it('asks a disk that fails again, from the beginning, until it gives the snapshot', () => {
    const { snapshots, state, told, done, fail } = setup();
    snapshots.perform({ type: 'restore', snapshot });
    done(data);
    fail(new Error('EIO'));
    vi.advanceTimersByTime(1000);
    done(data);
    done(null);
    expect(state.chunks).toEqual([10]);
    expect(told).toEqual(['restoring', 'restore failed: EIO', 'restored 9']);
  });

  it('cannot go on from a damaged snapshot', () => {
    const { snapshots, told, fail, pending } = setup();
    snapshots.perform({ type: 'restore', snapshot });
    fail(new StorageError('corrupt', 'snapshot 9 is damaged'));
    vi.advanceTimersByTime(60_000);
    expect(told).toContain('broken: StorageError: snapshot 9 is damaged');
    expect(pending()).toEqual([]);
  });

  it('cannot go on when the state machine does not take it', () => {
    const { snapshots, state, told, done } = setup();
    snapshots.perform({ type: 'restore', snapshot });
    state.refuses = true;
    done(data);
    expect(told.at(-1)).toBe('broken: Error: cannot be read');
  });

  it('lets no snapshot be taken meanwhile', () => {
    const { snapshots, done, pending } = setup();
    snapshots.perform({ type: 'restore', snapshot });
    snapshots.ask({ done: () => undefined, failed: () => undefined });
    expect(pending()).toEqual(['load 9']);
    done(null);
    expect(pending()).toEqual(['save 5']);
  });

  it('ends with the node', () => {
    const { snapshots, told, done } = setup();
    snapshots.perform({ type: 'restore', snapshot });
    snapshots.stop('stopped');
    done(null);
    expect(told).toEqual(['restoring', 'cancelled 9']);
  });
});

describe('taking', () => {
  it('saves the state, and tells the core', () => {
    const { snapshots, inputs, told, done } = setup();
    snapshots.ask({ done: ({ index }) => told.push(`got ${index}`), failed: () => undefined });
    done(snapshot);
    expect(told).toEqual(['chunk of 10', 'got 9']);
    expect(inputs).toEqual([{ type: 'snapshot-taken', snapshot }]);
  });

  it('is tried again when the state machine throws', () => {
    const { snapshots, state, told, pending } = setup();
    state.refuses = true;
    snapshots.ask({ done: () => undefined, failed: (error) => told.push(String(error)) });
    vi.advanceTimersByTime(0);
    expect(told).toEqual(['take failed: not now', 'Error: not now']);
    state.refuses = false;
    vi.advanceTimersByTime(1000);
    expect(pending()).toEqual(['save 5']);
  });
});

describe('compaction', () => {
  it('goes on with the latest request when one has ended, well or not', () => {
    const { snapshots, told, done, fail, pending } = setup();
    for (const upTo of [5, 10, 15]) snapshots.perform({ type: 'compact', upTo });
    expect(pending()).toEqual(['compact 5']);
    fail(new Error('EIO'));
    expect(pending()).toEqual(['compact 15']);
    done();
    expect(pending()).toEqual([]);
    expect(told).toEqual(['compact failed: EIO']);
  });
});

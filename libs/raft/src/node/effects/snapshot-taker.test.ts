import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Entry } from '../../core/entry.js';
import { defaultLimits } from '../../core/options.js';
import type { SnapshotInfo, SnapshotMeta } from '../../core/snapshot.js';
import { systemClock } from '../clock.js';
import type { Ending } from './ending.js';
import { SnapshotTaker } from './snapshot-taker.js';

const configuration = { index: 1, members: [], outgoing: null };

function infoAt(index: number): SnapshotInfo {
  return { index, term: 1, configuration, id: `s${index}`, bytes: 1 };
}

function setup(limits: Partial<typeof defaultLimits> = {}) {
  const world = { applied: 0, isBusy: false };
  const saves: { meta: SnapshotMeta; ending: Ending<SnapshotInfo> }[] = [];
  const told: string[] = [];
  const taker = new SnapshotTaker(() => ({ ...defaultLimits, ...limits }), {
    setTimer: (delayMs, fire) => systemClock.setTimer(delayMs, fire),
    present: () => (world.isBusy ? null : { index: world.applied, term: 1, configuration }),
    save: (meta, ending) => saves.push({ meta, ending }),
    taken: ({ index }) => told.push(`taken ${index}`),
    failed: (error) => told.push(`failed: ${String(error)}`),
  });
  const apply = (count: number, bytes = 0) => {
    for (let i = 0; i < count; i++) {
      const data = new Uint8Array(bytes);
      const entry: Entry = { index: ++world.applied, term: 1, type: 'command', data };
      taker.applied(entry);
    }
    taker.look();
  };
  const ask = (name: string) =>
    taker.ask({
      done: ({ index }) => told.push(`${name} got ${index}`),
      failed: (error) => told.push(`${name} failed: ${String(error)}`),
    });
  const begun = () => saves.map(({ meta }) => meta.index);
  const finish = () => {
    const { meta, ending } = saves.at(-1)!;
    ending.done(infoAt(meta.index));
  };
  return { taker, world, saves, told, apply, ask, begun, finish };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('SnapshotTaker', () => {
  it('takes one when enough entries have been applied since the last, and not before', () => {
    const { apply, begun, finish, told } = setup({ snapshotEntries: 10 });
    apply(9);
    expect(begun()).toEqual([]);
    apply(1);
    finish();
    apply(9);
    expect(begun()).toEqual([10]);
    apply(2);
    expect(begun()).toEqual([10, 21]);
    expect(told).toEqual(['taken 10']);
  });

  it('takes one when enough bytes have been applied', () => {
    const { apply, begun } = setup({ snapshotBytes: 1000 });
    apply(1, 900);
    expect(begun()).toEqual([]);
    apply(1, 900);
    expect(begun()).toEqual([2]);
  });

  it('takes one at a time, and counts what is applied meanwhile for the next', () => {
    const { apply, begun, finish } = setup({ snapshotEntries: 10 });
    apply(10);
    apply(10);
    expect(begun()).toEqual([10]);
    finish();
    expect(begun()).toEqual([10, 20]);
  });

  it('tries one that failed again, later and later, and tells of each failure', () => {
    const { apply, begun, saves, told, finish } = setup({ snapshotEntries: 10 });
    apply(10);
    saves[0]!.ending.failed('full');
    apply(10);
    expect(begun()).toEqual([10]);
    vi.advanceTimersByTime(1000);
    saves[1]!.ending.failed('full');
    vi.advanceTimersByTime(1999);
    expect(begun()).toEqual([10, 20]);
    vi.advanceTimersByTime(1);
    finish();
    expect(told).toEqual(['failed: full', 'failed: full', 'taken 20']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('takes one for who asks, and the same for who asks while nothing has changed', () => {
    const { apply, ask, begun, finish, told } = setup();
    apply(3);
    ask('a');
    finish();
    ask('b');
    expect(begun()).toEqual([3]);
    expect(told).toEqual(['taken 3', 'a got 3', 'b got 3']);
  });

  it('gives who asks while one is under way the next, for the state may have changed since', () => {
    const { apply, ask, begun, finish, told } = setup();
    apply(3);
    ask('a');
    apply(1);
    ask('b');
    finish();
    finish();
    expect(begun()).toEqual([3, 4]);
    expect(told).toEqual(['taken 3', 'a got 3', 'taken 4', 'b got 4']);
  });

  it('tells who has asked when it fails', () => {
    const { apply, ask, saves, told } = setup();
    apply(3);
    ask('a');
    saves[0]!.ending.failed('full');
    expect(told).toEqual(['failed: full', 'a failed: full']);
  });

  it('takes none while the state is being replaced, and goes on with the new state', () => {
    const { taker, world, apply, ask, begun, finish, told } = setup({ snapshotEntries: 2 });
    world.isBusy = true;
    apply(2);
    ask('a');
    expect(begun()).toEqual([]);
    world.isBusy = false;
    world.applied = 50;
    taker.restored(infoAt(50));
    expect(told).toEqual(['a got 50']);
    apply(1);
    expect(begun()).toEqual([]);
    apply(1);
    finish();
    expect(begun()).toEqual([52]);
  });

  it('leaves nobody waiting when it is stopped, and does nothing any more', () => {
    const { taker, apply, ask, saves, told } = setup();
    apply(3);
    ask('a');
    ask('b');
    taker.stop('stopped');
    saves[0]!.ending.done(infoAt(3));
    expect(told).toEqual(['a failed: stopped', 'b failed: stopped']);
    expect(vi.getTimerCount()).toBe(0);
  });
});

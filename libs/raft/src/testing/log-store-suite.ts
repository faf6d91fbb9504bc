import assert from 'node:assert/strict';
import type { Entry } from '../core/entry.js';
import type { StorageErrorCode } from '../errors.js';
import type { LogStore, StoredState } from '../storage/log-store.js';
import type { SuiteCase } from './suite.js';
import { entryOf, logWrite } from './writes.js';

/**
 * A blank volume each time it is called: a store on that volume, as often as it is asked for one. A
 * store that is made while another one has the volume open must refuse to open.
 */
export type BlankLog = () => Promise<() => LogStore>;

const first = { term: 1, votedFor: 'n1' };

/** What a node relies on in a log store, besides what only a crash or a damaged disk can show. */
export const logStoreSuite: readonly SuiteCase<BlankLog>[] = [
  {
    name: 'is blank at first: no cluster, no term, no vote, no entry',
    run: async (blank) => {
      const { identity, ...rest } = await stateOf((await blank())());
      assert.equal(identity.nodeId, 'n1');
      assert.equal(identity.clusterId, null);
      assert.ok(identity.incarnation.length > 0);
      assert.deepEqual(rest, {
        hardState: { term: 0, votedFor: null },
        base: { index: 0, term: 0 },
        commitIndex: 0,
        entries: [],
      });
    },
  },
  {
    name: 'keeps its incarnation, which no other volume has',
    run: async (blank) => {
      const volume = await blank();
      const { identity } = await stateOf(volume());
      assert.deepEqual((await stateOf(volume())).identity, identity);
      const other = await stateOf((await blank())());
      assert.notEqual(other.identity.incarnation, identity.incarnation);
    },
  },
  {
    name: 'holds what was written when it is opened again',
    run: async (blank) => {
      const volume = await blank();
      const entries = [
        entryOf(1, 1, '', 'noop'),
        entryOf(2, 1, '{}', 'configuration'),
        entryOf(3, 2, 'a\0b'),
      ];
      await withLog(volume(), async (log) => {
        await log.write([logWrite({ hardState: first, entries: entries.slice(0, 2) })]);
        const hardState = { term: 2, votedFor: null };
        await log.write([logWrite({ hardState, commit: 2, entries: entries.slice(2) })]);
      });
      const state = await stateOf(volume());
      assert.deepEqual(state.hardState, { term: 2, votedFor: null });
      assert.equal(state.commitIndex, 2);
      assert.deepEqual(plain(state.entries), plain(entries));
    },
  },
  {
    name: 'keeps term, vote and commit index when entries alone are written',
    run: async (blank) => {
      const volume = await blank();
      await withLog(volume(), async (log) => {
        await log.write([logWrite({ hardState: first, entries: [entryOf(1, 1, '')] })]);
        await log.write([logWrite({ commit: 1, entries: [entryOf(2, 1, '')] })]);
        await log.write([logWrite({ commit: 1, entries: [entryOf(3, 1, '')] })]);
      });
      const { hardState, commitIndex } = await stateOf(volume());
      assert.deepEqual({ hardState, commitIndex }, { hardState: first, commitIndex: 1 });
    },
  },
  {
    name: 'replaces an entry that is written again, and all behind it',
    run: async (blank) => {
      const volume = await blank();
      await withLog(volume(), async (log) => {
        const old = [1, 2, 3, 4].map((index) => entryOf(index, 1, `old ${index}`));
        await log.write([logWrite({ entries: old })]);
        await log.write([logWrite({ entries: [entryOf(2, 2, 'new')] })]);
      });
      const { entries } = await stateOf(volume());
      assert.deepEqual(plain(entries), plain([entryOf(1, 1, 'old 1'), entryOf(2, 2, 'new')]));
    },
  },
  {
    name: 'refuses entries that leave a gap, and writes nothing of them',
    run: async (blank) => {
      const volume = await blank();
      await withLog(volume(), async (log) => {
        const gap = [entryOf(1, 1, ''), entryOf(3, 1, '')];
        await assert.rejects(log.write([logWrite({ hardState: first, entries: gap })]));
        await log.write([logWrite({ entries: [entryOf(1, 1, 'good')] })]);
      });
      const state = await stateOf(volume());
      assert.equal(state.hardState.term, 0);
      assert.deepEqual(plain(state.entries), plain([entryOf(1, 1, 'good')]));
    },
  },
  {
    name: 'begins anew behind a base: what stood before is gone, what follows is kept',
    run: async (blank) => {
      const volume = await blank();
      await withLog(volume(), async (log) => {
        await log.write([logWrite({ entries: [entryOf(1, 1, 'a'), entryOf(2, 1, 'b')] })]);
        const base = { index: 10, term: 3 };
        await log.write([logWrite({ base, commit: 10, entries: [entryOf(11, 4, 'c')] })]);
        await assert.rejects(log.write([logWrite({ entries: [entryOf(13, 4, 'gap')] })]));
        await log.write([logWrite({ entries: [entryOf(12, 4, 'd')] })]);
      });
      const { base, commitIndex, entries } = await stateOf(volume());
      assert.deepEqual({ base, commitIndex }, { base: { index: 10, term: 3 }, commitIndex: 10 });
      assert.deepEqual(plain(entries), plain([entryOf(11, 4, 'c'), entryOf(12, 4, 'd')]));
    },
  },
  {
    name: 'lets go of entries up to an index, of none behind it, and tells what it begins behind',
    run: async (blank) => {
      const volume = await blank();
      await withLog(volume(), (log) => fill(log, 60));
      await withLog(volume(), (log) => log.compact(40));
      await withLog(volume(), async (log) => {
        await log.compact(20);
        await log.write([logWrite({ entries: [large(61)] })]);
      });
      checkHolds(await stateOf(volume()), { compacted: 40, last: 61 });
    },
  },
  {
    name: 'lets go of entries while it is written to',
    run: async (blank) => {
      const volume = await blank();
      await withLog(volume(), async (log) => {
        await fill(log, 40);
        const compactions = [log.compact(10), log.compact(30), log.compact(20)];
        for (let index = 41; index <= 60; index += 1) {
          await log.write([logWrite({ commit: index - 1, entries: [large(index)] })]);
        }
        await Promise.all(compactions);
      });
      checkHolds(await stateOf(volume()), { compacted: 30, last: 60 });
    },
  },
  {
    name: 'keeps term, vote and commit index when it lets go of the entries that came with them',
    run: async (blank) => {
      const volume = await blank();
      await withLog(volume(), async (log) => {
        await log.write([logWrite({ hardState: first, entries: [large(1)] })]);
        for (let index = 2; index <= 60; index += 1) {
          await log.write([logWrite({ commit: 1, entries: [large(index)] })]);
        }
        await log.write([logWrite({ commit: 60, entries: [large(61)] })]);
        await log.compact(60);
      });
      const { hardState, commitIndex } = await stateOf(volume());
      assert.deepEqual({ hardState, commitIndex }, { hardState: first, commitIndex: 60 });
    },
  },
  {
    name: 'keeps the cluster that adopted it, and refuses another',
    run: async (blank) => {
      const volume = await blank();
      await withLog(volume(), async (log) => {
        await log.adopt('c1');
        await log.adopt('c1');
        await rejects(log.adopt('c2'), 'foreign', /cluster c1 .* cluster c2/);
      });
      assert.equal((await stateOf(volume())).identity.clusterId, 'c1');
    },
  },
  {
    name: 'is not for another node, and names both',
    run: async (blank) => {
      const volume = await blank();
      await stateOf(volume());
      await rejects(volume().open('n2'), 'foreign', /n1.*n2/);
      assert.equal((await stateOf(volume())).identity.nodeId, 'n1');
    },
  },
  {
    name: 'is opened by one at a time, and may be opened again once closed',
    run: async (blank) => {
      const volume = await blank();
      const log = volume();
      await log.open('n1');
      await rejects(volume().open('n1'), 'in-use');
      await log.close();
      await log.close();
      await stateOf(log);
      await stateOf(volume());
    },
  },
  {
    name: 'does nothing before it is opened or after it is closed',
    run: async (blank) => {
      const log = (await blank())();
      await rejects(log.write([]), 'failed', /is not open/);
      await stateOf(log);
      await rejects(log.adopt('c1'), 'failed', /is not open/);
      await rejects(log.compact(1), 'failed', /is not open/);
    },
  },
];

async function withLog(log: LogStore, act: (log: LogStore) => Promise<void>): Promise<void> {
  await log.open('n1');
  await act(log);
  await log.close();
}

async function stateOf(log: LogStore): Promise<StoredState> {
  const state = await log.open('n1');
  await log.close();
  return state;
}

/** Large enough for a log to be kept in several files, which can be let go of. */
function large(index: number): Entry {
  return entryOf(index, index, `${index} `.padEnd(1024, '-'));
}

async function fill(log: LogStore, last: number): Promise<void> {
  for (let index = 1; index <= last; index += 1) {
    await log.write([logWrite({ commit: index - 1, entries: [large(index)] })]);
  }
}

function checkHolds(state: StoredState, { compacted, last }: { compacted: number; last: number }) {
  const { base, entries } = state;
  assert.ok(base.index <= compacted, `entry ${base.index} is gone, only ${compacted} might be`);
  assert.equal(base.term, base.index);
  const held = Array.from({ length: last - base.index }, (_, n) => large(base.index + 1 + n));
  assert.deepEqual(plain(entries), plain(held));
}

/** The same whatever kind of bytes a store gives. */
function plain(entries: readonly Entry[]) {
  return entries.map((entry) => ({ ...entry, data: Buffer.from(entry.data).toString('latin1') }));
}

function rejects(promise: Promise<unknown>, code: StorageErrorCode, message = /./): Promise<void> {
  return assert.rejects(promise, { name: 'StorageError', code, message });
}

import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { LogImage } from '../storage/log-image.js';
import type { LogWrite } from './effects.js';
import type { Entry } from './entry.js';
import { defaultElections, defaultLimits, defaultTiming } from './options.js';
import { RaftState } from './raft-state.js';
import { noBase } from './snapshot.js';

function state(entries: readonly Entry[] = []): RaftState {
  return new RaftState({
    id: 'S1',
    incarnation: 'S1#1',
    hardState: { term: 1, votedFor: null },
    base: noBase,
    entries,
    commitIndex: 0,
    snapshot: null,
    timing: defaultTiming,
    elections: defaultElections,
    limits: defaultLimits,
    leaseReads: false,
    random: () => 0.5,
    now: 0,
  });
}

function entries(from: number, count: number, term: number): Entry[] {
  return Array.from({ length: count }, (_, i) => ({
    index: from + i,
    term,
    type: 'command' as const,
    data: new Uint8Array([term]),
  }));
}

describe('what is durable', () => {
  test('is what was there at the start', () => {
    expect(state(entries(1, 3, 1)).disk.durableIndex).toBe(3);
  });

  test('grows when a write is done, and not when it is asked for', () => {
    const raft = state();
    raft.append(entries(1, 2, 1));
    const { write } = raft.takeEffects();
    expect(raft.disk.durableIndex).toBe(0);
    raft.disk.persisted(write!.id);
    expect(raft.disk.durableIndex).toBe(2);
  });

  test('a done write stands for all before it', () => {
    const raft = state();
    raft.append(entries(1, 1, 1));
    raft.takeEffects();
    raft.append(entries(2, 1, 1));
    raft.disk.persisted(raft.takeEffects().write!.id);
    expect(raft.disk.durableIndex).toBe(2);
  });

  test('a write that was never asked for is not believed', () => {
    const raft = state();
    raft.append(entries(1, 1, 1));
    raft.takeEffects();
    raft.disk.persisted(99);
    expect(raft.disk.durableIndex).toBe(0);
  });

  const configuration = { index: 0, members: [], outgoing: null };

  const steps = fc.array(
    fc.oneof(
      fc.record({ what: fc.constant('append' as const), n: fc.integer({ min: 1, max: 4 }) }),
      fc.record({ what: fc.constant('replace' as const), n: fc.nat({ max: 20 }) }),
      fc.record({ what: fc.constant('vote' as const), n: fc.constant(0) }),
      fc.record({ what: fc.constant('install' as const), n: fc.integer({ min: 1, max: 5 }) }),
      fc.record({ what: fc.constant('persist' as const), n: fc.integer({ min: 1, max: 3 }) }),
    ),
    { maxLength: 40 },
  );

  test.prop([steps])(
    'never counts an entry that the disk does not hold, replaced ones included, and misses none in the end',
    (all) => {
      const raft = state();
      const disk = new LogImage();
      const writes: LogWrite[] = [];
      let term = 1;
      for (const { what, n } of [...all, { what: 'persist' as const, n: Infinity }]) {
        if (what === 'append') raft.append(entries(raft.log.lastIndex + 1, n, term));
        else if (what === 'vote') raft.setTerm(++term);
        else if (what === 'install') {
          const index = raft.log.lastIndex + n;
          raft.beginAnew({ index, term, configuration, id: `s${index}`, bytes: 1 });
        } else if (what === 'replace' && raft.log.firstIndex > 0) {
          // A leader of a later term replaces a tail, in one step.
          const { base, firstIndex, lastIndex } = raft.log;
          const from = firstIndex + (n % (lastIndex - base.index));
          raft.setTerm(++term);
          raft.truncate(from);
          raft.append(entries(from, 1, term));
        }
        const { write } = raft.takeEffects();
        if (write !== null) writes.push(write);
        if (what === 'persist') {
          for (const done of writes.splice(0, n)) {
            disk.apply([done]);
            raft.disk.persisted(done.id);
          }
        }
        const { base } = raft.log;
        if (raft.disk.durableIndex >= base.index) expect(disk.base).toEqual(base);
        for (let index = base.index + 1; index <= raft.disk.durableIndex; index++) {
          const held = disk.entries[index - base.index - 1];
          expect(held, `entry ${index}`).toBe(raft.log.entryAt(index));
        }
      }
      expect(raft.disk.durableIndex).toBe(raft.log.lastIndex);
      expect(disk.base).toEqual(raft.log.base);
      expect(disk.entries).toEqual(raft.log.between(disk.base.index + 1, raft.log.lastIndex));
    },
  );
});

describe('one step, one write', () => {
  test('term, vote and entries go together', () => {
    const raft = state();
    raft.setTerm(2);
    raft.setVote('S2');
    raft.append(entries(1, 1, 2));
    expect(raft.takeEffects().write).toEqual({
      id: 1,
      hardState: { term: 2, votedFor: 'S2' },
      base: null,
      commit: 0,
      entries: entries(1, 1, 2),
    });
  });

  test('nothing is written when nothing changed', () => {
    expect(state().takeEffects().write).toBeNull();
  });

  test('a promise waits for the write of its own step, and for none when all is durable', () => {
    const raft = state();
    const message = { type: 'timeout-now', term: 1, lastIndex: 0 } as const;
    raft.sendWhenDurable('S2', message);
    expect(raft.takeEffects().messages).toEqual([{ to: 'S2', message, after: 0 }]);
    raft.setVote('S2');
    raft.sendWhenDurable('S2', message);
    const { write, messages } = raft.takeEffects();
    expect(messages).toEqual([{ to: 'S2', message, after: write!.id }]);
    raft.sendWhenDurable('S2', message);
    expect(raft.takeEffects().messages).toEqual([{ to: 'S2', message, after: write!.id }]);
    raft.disk.persisted(write!.id);
    raft.sendWhenDurable('S2', message);
    expect(raft.takeEffects().messages).toEqual([{ to: 'S2', message, after: 0 }]);
  });
});

describe('term and vote', () => {
  test('the vote is forgotten when the term rises, and only then', () => {
    const raft = state();
    raft.setTerm(2);
    raft.setVote('S2');
    raft.setTerm(2);
    raft.setTerm(1);
    expect(raft).toMatchObject({ term: 2, votedFor: 'S2' });
    raft.setTerm(3);
    expect(raft).toMatchObject({ term: 3, votedFor: null });
  });
});

describe('other timing', () => {
  test('redraws a wait that would outlast the new one, and leaves a shorter one alone', () => {
    const raft = state();
    const { limits } = raft;
    expect(raft.electionDeadline).toBe(750);
    raft.reconfigure({ timing: { ...defaultTiming, electionMs: [700, 900] }, limits });
    expect(raft.electionDeadline).toBe(750);
    raft.reconfigure({ timing: { ...defaultTiming, electionMs: [100, 200] }, limits });
    expect(raft.electionDeadline).toBe(150);
  });
});

describe('committing', () => {
  test.prop([fc.array(fc.nat({ max: 12 }), { maxLength: 20 })])(
    'hands over each entry once, in order, and never one that is not there',
    (targets) => {
      const raft = state(entries(1, 8, 1));
      const handed: number[] = [];
      for (const target of targets) {
        raft.commitTo(target);
        handed.push(...raft.takeEffects().committed.map(({ index }) => index));
      }
      const last = Math.min(8, Math.max(0, ...targets));
      expect(handed).toEqual(Array.from({ length: last }, (_, i) => i + 1));
      expect(raft.commitIndex).toBe(last);
    },
  );
});

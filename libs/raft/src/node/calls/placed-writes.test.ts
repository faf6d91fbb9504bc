import { describe, expect, it } from 'vitest';
import { encodeConfiguration } from '../../core/configuration.js';
import type { Entry } from '../../core/entry.js';
import { Proposal } from './call.js';
import { PlacedWrites } from './placed-writes.js';

function command(index: number, term = 1): Entry {
  return { index, term, type: 'command', data: new Uint8Array(0) };
}

function configuration(index: number, kind: 'joint' | 'final', term = 1): Entry {
  const data = encodeConfiguration({ members: [], outgoing: kind === 'joint' ? [] : null });
  return { index, term, type: 'configuration', data };
}

function setup() {
  const told: string[] = [];
  const writes = new PlacedWrites<string>(() => 100, {
    applied: (_write, applied) => {
      if (typeof applied === 'string') told.push(applied);
      else told.push(`${applied.index} ${applied.result ?? ''}`);
    },
    replaced: () => told.push('replaced'),
    covered: () => told.push('covered'),
    missed: () => told.push('missed'),
  });
  const terms = { timeoutMs: 1000, deadline: 1000, forward: true, signal: undefined };
  const ignore = { resolve: () => undefined, reject: () => undefined };
  const data = new Uint8Array(0);
  const proposal = () => new Proposal<string>({ type: 'command', data }, terms, ignore);
  const applied = (entry: Entry, result: string | undefined, keep: boolean) => {
    const { index, term } = entry;
    writes.applied(entry, { index, term, result }, keep);
  };
  return { writes, told, proposal, applied };
}

describe('PlacedWrites', () => {
  it('keeps what was applied only while a place may still be told', () => {
    const { writes, told, proposal, applied } = setup();
    applied(command(1), 'one', true);
    writes.tidy(true);
    writes.place(proposal(), 1, 1);
    writes.tidy(false);
    writes.place(proposal(), 1, 1);
    expect(told).toEqual(['1 one', 'missed']);
  });

  it('settles every write whose entry a snapshot has replaced, and no other', () => {
    const { writes, told, proposal, applied } = setup();
    writes.place(proposal(), 4, 1);
    writes.place(proposal(), 4, 2);
    writes.place(proposal(), 6, 1);
    writes.restored(5);
    expect(told).toEqual(['covered', 'covered']);
    writes.place(proposal(), 5, 1);
    applied(command(6), 'six', false);
    expect(told).toEqual(['covered', 'covered', 'missed', '6 six']);
  });

  it('takes an entry that the leader’s log holds no more for applied, as soon as it is here', () => {
    const { writes, told, proposal, applied } = setup();
    writes.place(proposal(), 2, 0);
    writes.place(proposal(), 3, 0);
    expect(told).toEqual([]);
    applied(command(1), 'one', false);
    applied(command(2), 'two', false);
    writes.restored(5);
    writes.place(proposal(), 4, 0);
    expect(told).toEqual(['2 two', '3 ', '4 ']);
  });

  it('lets go of writes whose callers have gone, and of no other', () => {
    const { writes, told, proposal, applied } = setup();
    const gone = proposal();
    writes.place(gone, 1, 1);
    writes.place(proposal(), 2, 1);
    gone.open = false;
    writes.tidy(false);
    applied(command(1), 'one', false);
    applied(command(2), 'two', false);
    expect(told).toEqual(['2 two']);
  });

  describe('a change that takes a joint configuration', () => {
    it('ends with the configuration that follows it, whoever appended that', () => {
      const { writes, told, proposal, applied } = setup();
      writes.place(proposal(), 1, 1);
      applied(configuration(1, 'joint'), undefined, false);
      applied(command(2), 'two', false);
      expect(told).toEqual([]);
      applied(configuration(3, 'final', 2), undefined, false);
      expect(told).toEqual(['3 ']);
    });

    it.each(['between the two', 'after both'])('also when its place is told only %s', (when) => {
      const { writes, told, proposal, applied } = setup();
      applied(configuration(1, 'joint'), undefined, true);
      if (when === 'between the two') writes.place(proposal(), 1, 1);
      applied(configuration(2, 'final'), undefined, true);
      if (when === 'after both') writes.place(proposal(), 1, 1);
      expect(told).toEqual(['2 ']);
    });

    it('is replaced like any other write', () => {
      const { writes, told, proposal, applied } = setup();
      writes.place(proposal(), 1, 1);
      applied(configuration(1, 'joint', 2), undefined, false);
      expect(told).toEqual(['replaced']);
    });

    it('is let go with its caller', () => {
      const { writes, told, proposal, applied } = setup();
      const gone = proposal();
      writes.place(gone, 1, 1);
      applied(configuration(1, 'joint'), undefined, false);
      gone.open = false;
      writes.tidy(false);
      applied(configuration(2, 'final'), undefined, false);
      expect(told).toEqual([]);
    });
  });
});

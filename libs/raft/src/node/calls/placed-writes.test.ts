import { describe, expect, it } from 'vitest';
import type { Entry } from '../../core/entry.js';
import { Proposal } from './call.js';
import { PlacedWrites } from './placed-writes.js';

function command(index: number, term = 1): Entry {
  return { index, term, type: 'command', data: new Uint8Array(0) };
}

function setup() {
  const told: string[] = [];
  const writes = new PlacedWrites<string>(100, {
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
  return { writes, told, proposal };
}

describe('PlacedWrites', () => {
  it('keeps what was applied only while a place may still be told', () => {
    const { writes, told, proposal } = setup();
    writes.applied(command(1), { index: 1, term: 1, result: 'one' }, true);
    writes.tidy(true);
    writes.place(proposal(), 1, 1);
    writes.tidy(false);
    writes.place(proposal(), 1, 1);
    expect(told).toEqual(['1 one', 'missed']);
  });

  it('settles every write whose entry a snapshot has replaced, and no other', () => {
    const { writes, told, proposal } = setup();
    writes.place(proposal(), 4, 1);
    writes.place(proposal(), 4, 2);
    writes.place(proposal(), 6, 1);
    writes.restored(5);
    expect(told).toEqual(['covered', 'covered']);
    writes.place(proposal(), 5, 1);
    writes.applied(command(6), { index: 6, term: 1, result: 'six' }, false);
    expect(told).toEqual(['covered', 'covered', 'missed', '6 six']);
  });

  it('takes an entry that the leader’s log holds no more for applied, as soon as it is here', () => {
    const { writes, told, proposal } = setup();
    writes.place(proposal(), 2, 0);
    writes.place(proposal(), 3, 0);
    expect(told).toEqual([]);
    writes.applied(command(1), { index: 1, term: 1, result: 'one' }, false);
    writes.applied(command(2), { index: 2, term: 1, result: 'two' }, false);
    writes.restored(5);
    writes.place(proposal(), 4, 0);
    expect(told).toEqual(['2 two', '3 ', '4 ']);
  });

  it('lets go of writes whose callers have gone, and of no other', () => {
    const { writes, told, proposal } = setup();
    const gone = proposal();
    writes.place(gone, 1, 1);
    writes.place(proposal(), 2, 1);
    gone.open = false;
    writes.tidy(false);
    writes.applied(command(1), { index: 1, term: 1, result: 'one' }, false);
    writes.applied(command(2), { index: 2, term: 1, result: 'two' }, false);
    expect(told).toEqual(['2 two']);
  });
});

import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { Reads } from './reads.js';

const ticket = (id: number) => ({ id, from: null });

describe('rounds of reads', () => {
  test('one round at a time: what comes meanwhile waits for the next', () => {
    const reads = new Reads();
    reads.add(ticket(1));
    reads.startRound(7);
    reads.add(ticket(2));
    expect(reads.wantsRound).toBe(false);
    expect(reads.finishRound(1)).toEqual({ position: 1, index: 7, tickets: [ticket(1)] });
    expect(reads.wantsRound).toBe(true);
  });

  test('a round ends when its own position is confirmed, and not by an earlier one', () => {
    const reads = new Reads();
    reads.add(ticket(1));
    reads.startRound(7);
    reads.finishRound(1);
    reads.add(ticket(2));
    reads.startRound(8);
    expect(reads.finishRound(1)).toBeNull();
    expect(reads.finishRound(2)).toMatchObject({ index: 8 });
  });

  test('nobody waits after everybody was taken', () => {
    const reads = new Reads();
    reads.add(ticket(1));
    reads.startRound(7);
    reads.add(ticket(2));
    expect(reads.takeAll()).toEqual([ticket(1), ticket(2)]);
    expect(reads).toMatchObject({ count: 0, wantsRound: false });
    expect(reads.finishRound(99)).toBeNull();
  });

  test('positions only rise, also over a round that was given up', () => {
    const reads = new Reads();
    reads.add(ticket(1));
    reads.startRound(7);
    reads.takeAll();
    reads.add(ticket(2));
    reads.startRound(7);
    expect(reads.position).toBe(2);
  });

  const steps = fc.array(fc.constantFrom('add', 'start', 'confirm', 'confirm an old one'), {
    maxLength: 60,
  });

  test.prop([steps])(
    'every ticket is answered once, by a round that started after it came',
    (all) => {
      const reads = new Reads();
      const cameBefore = new Map<number, number>();
      const answered: number[] = [];
      let ids = 0;
      for (const what of [...all, 'start', 'confirm', 'start', 'confirm']) {
        if (what === 'add') {
          reads.add(ticket(++ids));
          cameBefore.set(ids, reads.position);
        } else if (what === 'start') {
          if (reads.wantsRound) reads.startRound(0);
        } else {
          const confirmed = what === 'confirm' ? reads.position : reads.position - 1;
          const round = reads.finishRound(confirmed);
          for (const { id } of round?.tickets ?? []) {
            answered.push(id);
            expect(round?.position).toBeGreaterThan(cameBefore.get(id) ?? Infinity);
          }
        }
        expect(reads.count).toBe(ids - answered.length);
      }
      expect(answered).toEqual(Array.from({ length: ids }, (_, i) => i + 1));
    },
  );
});

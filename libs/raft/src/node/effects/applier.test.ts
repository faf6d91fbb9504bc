import { describe, expect, it } from 'vitest';
import type { Entry } from '../../core/entry.js';
import { Applier } from './applier.js';

function entries(from: number, to: number): Entry[] {
  const data = new Uint8Array(0);
  return Array.from({ length: to - from + 1 }, (_, i) => {
    return { index: from + i, term: 1, type: 'command', data } as const;
  });
}

/** An applier whose clock moves by `costMs` with each entry. */
function setup({ costMs = 0, onApply = (_entry: Entry): void => undefined } = {}) {
  let now = 0;
  const applied: number[] = [];
  const yields: (() => void)[] = [];
  const applier = new Applier({
    now: () => now,
    soon: (fire) => yields.push(fire),
    apply: (entry) => {
      now += costMs;
      applied.push(entry.index);
      onApply(entry);
    },
    advanced: () => undefined,
  });
  return { applier, applied, yields };
}

describe('Applier', () => {
  it('applies in order, at once', () => {
    const { applier, applied } = setup();
    applier.push(entries(1, 3));
    applier.push(entries(4, 4));
    expect(applied).toEqual([1, 2, 3, 4]);
    expect(applier.appliedIndex).toBe(4);
  });

  it('makes way for others in the middle of a long backlog, and loses nothing', () => {
    const { applier, applied, yields } = setup({ costMs: 1 });
    applier.push(entries(1, 100));
    expect(applied).toHaveLength(32);
    applier.push(entries(101, 101));
    expect(applied).toHaveLength(32);
    let slices = 1;
    for (let next = yields.shift(); next !== undefined; next = yields.shift()) {
      next();
      slices++;
    }
    expect(slices).toBeGreaterThan(3);
    expect(applied).toEqual(entries(1, 101).map(({ index }) => index));
  });

  it('drops what a snapshot stands for, and goes on behind it', () => {
    const { applier, applied, yields } = setup({ costMs: 1 });
    applier.push(entries(1, 100));
    applier.hold();
    yields.shift()?.();
    applier.push(entries(201, 202));
    expect(applied).toHaveLength(32);
    expect(applier.appliedIndex).toBe(32);
    applier.resumeAt(200);
    expect(applied.slice(32)).toEqual([201, 202]);
    expect(applier.appliedIndex).toBe(202);
  });

  it('applies nothing more once it is stopped, not even the rest of a slice', () => {
    const { applier, applied } = setup({
      onApply: ({ index }) => {
        if (index === 2) applier.stop();
      },
    });
    applier.push(entries(1, 5));
    expect(applied).toEqual([1, 2]);
    expect(applier.appliedIndex).toBe(1);
  });
});

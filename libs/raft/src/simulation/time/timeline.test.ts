import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { Timeline } from './timeline.js';

const never = () => false;

describe('virtual time', () => {
  test.prop([fc.array(fc.nat({ max: 20 }))])(
    'brings events in the order of their time, and those of one time as they were planned',
    async (delays) => {
      const timeline = new Timeline();
      const seen: { at: number; planned: number }[] = [];
      for (const [planned, delay] of delays.entries()) {
        timeline.after(delay, () => seen.push({ at: timeline.now, planned }));
      }
      await timeline.runUntil(100, never);
      const expected = delays
        .map((at, planned) => ({ at, planned }))
        .sort((a, b) => a.at - b.at || a.planned - b.planned);
      expect(seen).toEqual(expected);
    },
  );

  test('runs what an event plans for the same moment after what was planned before', async () => {
    const timeline = new Timeline();
    const seen: string[] = [];
    timeline.after(5, () => {
      timeline.after(0, () => seen.push('soon'));
      seen.push('first');
    });
    timeline.after(5, () => seen.push('second'));
    await timeline.runUntil(5, never);
    expect(seen).toEqual(['first', 'second', 'soon']);
  });

  test('forgets what is cancelled', async () => {
    const timeline = new Timeline();
    let fired = false;
    const cancel = timeline.after(5, () => (fired = true));
    cancel();
    await timeline.runUntil(10, never);
    expect(fired).toBe(false);
    expect(timeline.now).toBe(10);
  });

  test('stops before the end when it is over, and goes on from there', async () => {
    const timeline = new Timeline();
    const seen: number[] = [];
    for (const at of [1, 2, 3]) timeline.after(at, () => seen.push(at));
    await timeline.runUntil(10, () => seen.length === 2);
    expect(timeline.now).toBe(2);
    await timeline.runUntil(10, never);
    expect(seen).toEqual([1, 2, 3]);
  });
});

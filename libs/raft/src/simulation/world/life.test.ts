import { beforeEach, describe, expect, test } from 'vitest';
import { Timeline } from '../time/timeline.js';
import { Life } from './life.js';

const never = () => false;

let timeline: Timeline;
let life: Life;
let seen: string[];

beforeEach(() => {
  timeline = new Timeline();
  life = new Life(timeline);
  seen = [];
});

describe('the life of a process', () => {
  test('has what came during its sleep happen at once when it wakes, timers first', async () => {
    life.setTimer(5, () => seen.push('timer'));
    life.pause();
    life.enter(() => seen.push('message'));
    await timeline.runUntil(10, never);
    expect(seen).toEqual([]);
    life.resume();
    expect(seen).toEqual(['timer', 'message']);
  });

  test('ends with what it does when it wakes, if that kills it', () => {
    life.pause();
    life.enter(() => life.end());
    life.enter(() => seen.push('afterwards'));
    life.resume();
    expect(seen).toEqual([]);
  });

  test('hears of nothing once it is dead', async () => {
    life.setTimer(5, () => seen.push('timer'));
    life.end();
    life.enter(() => seen.push('message'));
    await timeline.runUntil(10, never);
    expect(seen).toEqual([]);
  });

  test('has a clock that drifts, goes on from where it stood, and never fires a timer too early', async () => {
    life.drift(2);
    let firedAt = 0;
    life.setTimer(20, () => (firedAt = life.now));
    await timeline.runUntil(10.01, never);
    expect(firedAt).toBeGreaterThanOrEqual(20);
    expect(firedAt).toBeCloseTo(20, 1);
    life.drift(1);
    await timeline.runUntil(20.01, never);
    expect(life.now).toBeCloseTo(30.02, 5);
  });
});

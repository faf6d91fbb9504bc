import { beforeEach, describe, expect, it } from 'vitest';
import type { Proposal } from '../calls/call.js';
import { SessionClock } from './session-clock.js';
import { decodeSessionEntry } from './session-entry.js';

let now: number;
let ttlMs: number | null;
let timer: { at: number; fire: () => void } | null;
let proposals: Proposal<never>[];
let clock: SessionClock;

beforeEach(() => {
  now = 100;
  ttlMs = null;
  timer = null;
  proposals = [];
  clock = new SessionClock({
    now: () => now,
    setTimer: (delayMs, fire) => {
      timer = { at: now + delayMs, fire };
      return () => {
        timer = null;
      };
    },
    submit: (call) => proposals.push(call),
    shortestTtlMs: () => ttlMs,
  });
});

/** Lets the timer fire, so much too late; how long it had waited. */
function fire(lateMs = 0): number {
  if (timer === null) throw new Error('no timer is set');
  const { at, fire: act } = timer;
  const waited = at - now;
  timer = null;
  now = at + lateMs;
  act();
  return waited;
}

/** The times that were proposed. */
function elapsed(): readonly unknown[] {
  return proposals.map(({ command }) => decodeSessionEntry(command.data));
}

const done = { index: 1, term: 1, result: undefined as never };

describe('SessionClock', () => {
  it('does nothing where nothing can expire, or where it does not lead', () => {
    clock.lead(true);
    expect(timer).toBeNull();
    ttlMs = 3_600_000;
    clock.lead(false);
    clock.look();
    expect(timer).toBeNull();
  });

  it.each([
    [10_000, 1000],
    [1000, 1000],
    [100_000, 10_000],
    [86_400_000, 60_000],
  ])('for a life of %d ms proposes the time that has passed every %d ms', (ttl, period) => {
    ttlMs = ttl;
    clock.lead(true);
    expect(fire()).toBe(period);
    expect(elapsed()).toEqual([{ type: 'time', elapsedMs: period }]);
  });

  it('counts from the moment at which there is something that can expire', () => {
    clock.lead(true);
    now += 1_000_000;
    ttlMs = 1000;
    clock.look();
    fire();
    expect(elapsed()).toEqual([{ type: 'time', elapsedMs: 1000 }]);
  });

  it('counts late timers and slow commits, each moment once', () => {
    ttlMs = 1000;
    clock.lead(true);
    fire(250);
    now += 400;
    expect(timer).toBeNull();
    proposals[0]?.settle.resolve(done);
    fire();
    expect(elapsed()).toEqual([
      { type: 'time', elapsedMs: 1250 },
      { type: 'time', elapsedMs: 1400 },
    ]);
  });

  it('proposes a time once: one that came to nothing makes sessions live longer', () => {
    ttlMs = 1000;
    clock.lead(true);
    fire();
    proposals[0]?.settle.reject(new Error('overloaded'));
    fire();
    expect(elapsed()).toEqual([
      { type: 'time', elapsedMs: 1000 },
      { type: 'time', elapsedMs: 1000 },
    ]);
    expect(proposals.every(({ repeatable, forward }) => !repeatable && !forward)).toBe(true);
  });

  it('counts no time in which another led, not even while an own proposal is open', () => {
    ttlMs = 1000;
    clock.lead(true);
    fire();
    clock.lead(false);
    now += 50_000;
    clock.lead(true);
    proposals[0]?.settle.resolve(done);
    fire();
    expect(elapsed().at(-1)).toEqual({ type: 'time', elapsedMs: 1000 });
  });

  it('stands still once nothing can expire any more, and with the node', () => {
    ttlMs = 1000;
    clock.lead(true);
    fire();
    ttlMs = null;
    proposals[0]?.settle.resolve(done);
    expect(timer).toBeNull();
    ttlMs = 1000;
    clock.look();
    clock.stop();
    expect(timer).toBeNull();
  });
});

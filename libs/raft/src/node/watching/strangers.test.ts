import { expect, test } from 'vitest';
import { Strangers } from './strangers.js';

function setup() {
  const clock = { now: 0 };
  return { clock, strangers: new Strangers(() => clock.now) };
}

test('a stranger that keeps trying is told of once a minute', () => {
  const { clock, strangers } = setup();
  const told: number[] = [];
  for (; clock.now < 150_000; clock.now += 1000) {
    if (strangers.isNews('another cluster')) told.push(clock.now);
  }
  expect(told).toEqual([0, 60_000, 120_000]);
});

test('each reason is news of its own', () => {
  const { strangers } = setup();
  expect(['a', 'b', 'a'].map((reason) => strangers.isNews(reason))).toEqual([true, true, false]);
});

test('ever new reasons are not remembered for ever', () => {
  const { strangers } = setup();
  strangers.isNews('first');
  for (let i = 0; i < 100; i++) strangers.isNews(`reason ${i}`);
  expect(strangers.isNews('first')).toBe(true);
  expect(strangers.isNews('reason 99')).toBe(false);
});

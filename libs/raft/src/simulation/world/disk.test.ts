import { describe, expect, test } from 'vitest';
import type { LogWrite } from '../../core/effects.js';
import { Random } from '../time/random.js';
import { Timeline } from '../time/timeline.js';
import { Disk } from './disk.js';
import { Volume } from './volume.js';

const never = () => false;
const data = new Uint8Array(0);
const write: LogWrite = {
  id: 1,
  hardState: { term: 2, votedFor: 'n1' },
  entries: [
    { index: 1, term: 2, type: 'noop', data },
    { index: 2, term: 2, type: 'command', data },
  ],
};

function open(seed = 1) {
  const timeline = new Timeline();
  const disk = new Disk(new Volume('n1.1'), [10, 10], timeline, new Random(seed));
  const answers: unknown[] = [];
  return { timeline, disk, answers, done: (error: unknown) => answers.push(error) };
}

describe('the simulated disk', () => {
  test('holds nothing of a write before it has answered', () => {
    const { timeline, disk, answers, done } = open();
    disk.write([write], done);
    timeline.runUntil(9, never);
    expect(disk.volume.image.lastIndex).toBe(0);
    timeline.runUntil(10, never);
    expect(answers).toEqual([null]);
    expect(disk.volume.image).toMatchObject({ hardState: write.hardState, lastIndex: 2 });
  });

  test('keeps the write that a crash met whole, or nothing of it, and answers nobody', () => {
    const kept = new Set<number>();
    for (let seed = 0; seed < 20; seed++) {
      const { timeline, disk, answers, done } = open(seed);
      disk.write([write], done);
      disk.loseProcess();
      timeline.runUntil(100, never);
      expect(answers).toEqual([]);
      kept.add(disk.volume.image.lastIndex);
    }
    expect(kept).toEqual(new Set([0, 2]));
  });

  test('fails while it is to fail, and takes the same write afterwards', () => {
    const { timeline, disk, answers, done } = open();
    disk.failingUntil = 15;
    disk.write([write], done);
    timeline.runUntil(10, never);
    expect(answers).toEqual([new Error('the disk refuses the write')]);
    expect(disk.volume.image.lastIndex).toBe(0);
    disk.write([write], done);
    timeline.runUntil(20, never);
    expect(answers[1]).toBeNull();
  });

  test('ends no write while it hangs', () => {
    const { timeline, disk, answers, done } = open();
    disk.stalledUntil = 500;
    disk.write([write], done);
    timeline.runUntil(509, never);
    expect(answers).toEqual([]);
    timeline.runUntil(510, never);
    expect(answers).toEqual([null]);
  });

  test('takes one write at a time', () => {
    const { disk, done } = open();
    disk.write([write], done);
    expect(() => disk.write([write], done)).toThrow('one write at a time');
  });
});

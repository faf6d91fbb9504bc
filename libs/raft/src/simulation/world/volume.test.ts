import { beforeEach, describe, expect, test } from 'vitest';
import type { LogWrite } from '../../core/effects.js';
import type { StoredState } from '../../storage/log-store.js';
import { Volume } from './volume.js';

const data = new Uint8Array(0);
const identity = { nodeId: 'n1', incarnation: 'n1.1', clusterId: null };
const blank: StoredState = {
  identity,
  hardState: { term: 0, votedFor: null },
  base: { index: 0, term: 0 },
  commitIndex: 0,
  entries: [],
};

function write(index: number, term: number): LogWrite {
  const entries = [{ index, term, type: 'command', data } as const];
  return { id: index, hardState: { term, votedFor: null }, base: null, commit: 0, entries };
}

/** What a volume with these writes tells. */
function stored(...writes: readonly LogWrite[]): StoredState {
  return {
    ...blank,
    hardState: writes.at(-1)?.hardState ?? blank.hardState,
    entries: writes.flatMap(({ entries }) => entries),
  };
}

let volume: Volume;

beforeEach(() => {
  volume = new Volume('n1.1');
  volume.beginWrite([write(1, 1)]);
  volume.written([write(1, 1)]);
});

describe('the model of a volume', () => {
  test('knows what is durable, and where the log has ever ended', () => {
    expect(volume.holds(1, 1)).toBe(true);
    expect(volume.holds(1, 2)).toBe(false);
    expect(volume.holds(2, 1)).toBe(false);
    expect(volume.furthestIndex).toBe(1);
  });

  test('is content with what was acknowledged', () => {
    expect(volume.recovered(stored(write(1, 1)))).toBeNull();
  });

  test('lets a write that was under way be there or not, and then it stays', () => {
    volume.beginWrite([write(2, 1)]);
    expect(volume.recovered(stored(write(1, 1)))).toBeNull();
    expect(volume.recovered(stored(write(1, 1), write(2, 1)))).toMatch(/it holds up to 2@1/);
    volume.beginWrite([write(2, 1)]);
    expect(volume.recovered(stored(write(1, 1), write(2, 1)))).toBeNull();
    expect(volume.recovered(stored(write(1, 1)))).toMatch(/was to hold up to 2@1/);
  });

  test.each([
    ['an entry that was acknowledged is gone', blank],
    ['another term stands there', stored(write(1, 2))],
    ['a vote has changed', { ...stored(write(1, 1)), hardState: { term: 1, votedFor: 'n2' } }],
    ['a part of a write is there', stored(write(1, 1), { ...write(2, 2), hardState: null })],
    [
      'it is another volume',
      { ...stored(write(1, 1)), identity: { ...identity, incarnation: 'x' } },
    ],
    ['it is of a cluster', { ...stored(write(1, 1)), identity: { ...identity, clusterId: 'c' } }],
  ])('finds that %s', (_, found) => {
    volume.beginWrite([write(2, 2)]);
    expect(volume.recovered(found)).not.toBeNull();
  });

  test('lets what was compacted be there or not', () => {
    volume.written([write(2, 1)]);
    volume.compacted(1);
    const compacted = { ...stored(write(2, 1)), base: { index: 1, term: 1 } };
    expect(volume.recovered(stored(write(1, 1), write(2, 1)))).toBeNull();
    expect(volume.recovered(compacted)).toBeNull();
    expect(
      volume.recovered({ ...compacted, base: { index: 2, term: 1 }, entries: [] }),
    ).not.toBeNull();
  });
});

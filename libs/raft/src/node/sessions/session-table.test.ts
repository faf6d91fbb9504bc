import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { Applied } from './applied.js';
import type { SessionEntry } from './session-entry.js';
import { sessionRules } from './session-rules.js';
import { TestReplica } from './test/replicas.js';

const rules = { maxSessions: 3, maxKeptResults: 4, maxKeys: 3, keyTtlMs: 5000 };

/** Few sessions, numbers and keys, so that everything comes twice, late and in any order. */
const small = fc.integer({ min: 1, max: 6 });
const session = fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, small);
const text = fc.constantFrom('a', 'b');
const entry: fc.Arbitrary<SessionEntry> = fc.oneof(
  fc.record({ type: fc.constant('register'), ttlMs: fc.constantFrom(1000, 3000) }),
  {
    weight: 6,
    arbitrary: fc
      .record({ session, sequence: small, lag: fc.nat({ max: 5 }) })
      .map(({ session, sequence, lag }) => ({
        type: 'command' as const,
        session,
        sequence,
        acknowledgedBelow: Math.max(1, sequence - lag),
        // Each number has its own command, as with an honest client.
        data: Buffer.from(`${session}/${sequence}`),
      })),
  },
  fc.record({ type: fc.constantFrom('keep-alive', 'close'), session }),
  fc.record({ type: fc.constant('time'), elapsedMs: fc.nat({ max: 2000 }) }),
  fc.record({
    type: fc.constant('keyed'),
    key: fc.constantFrom('k', 'l', 'm', 'n'),
    data: text.map((each) => Buffer.from(each)),
  }),
);
const log = fc
  .array(entry, { maxLength: 60 })
  .map((entries) => [{ type: 'register', ttlMs: 3000 } as const, ...entries]);

/** Which command of which session an entry brings; undefined for others. */
function nameOf(each: SessionEntry): string | undefined {
  return each.type === 'command' ? `${each.session}/${each.sequence}` : undefined;
}

describe('a session table, whatever comes twice, late or in another order', () => {
  test.prop([log])('applies each command of a session once', (entries) => {
    const one = new TestReplica(rules);
    for (const each of entries) one.take(each);
    const ofSessions = one.list.words.filter((word) => word.includes('/'));
    expect(new Set(ofSessions).size).toBe(ofSessions.length);
  });

  test.prop([log])(
    'answers every try that it takes with the first result and its place',
    (entries) => {
      const one = new TestReplica(rules);
      const first = new Map<string, Applied<string>>();
      for (const each of entries) {
        const name = nameOf(each);
        const answer = one.take(each);
        if (name === undefined || typeof answer === 'string') continue;
        expect(answer).toEqual(first.get(name) ?? answer);
        first.set(name, answer);
      }
    },
  );

  test.prop([log, fc.nat()])(
    'is the same behind a snapshot: answers, state, and its own snapshot to the byte',
    (entries, at) => {
      const one = new TestReplica(rules);
      const cut = at % (entries.length + 1);
      for (const each of entries.slice(0, cut)) one.take(each);
      const other = one.copy(rules);
      for (const each of entries.slice(cut)) expect(other.take(each)).toEqual(one.take(each));
      expect(other.list.words).toEqual(one.list.words);
      expect(other.snapshot()).toEqual(one.snapshot());
      expect(other.replica.sessions.status).toEqual(one.replica.sessions.status);
    },
  );

  test.prop([log, fc.uint8Array({ maxLength: 20 }), fc.nat()])(
    'takes hostile bytes for nothing',
    (entries, bytes, at) => {
      const one = new TestReplica(rules);
      for (const each of entries) one.take(each);
      const before = one.list.words.length;
      const kind = Buffer.of([0, 7, 255][at % 3] ?? 0);
      expect(one.take(Buffer.concat([kind, bytes]))).toBe('malformed');
      expect(one.list.words.length).toBe(before);
    },
  );
});

describe('limits that every node keeps alike', () => {
  test('another session than the last one allowed is refused; none is dropped for it', () => {
    const one = new TestReplica(rules);
    const ids = [one.register(), one.register(), one.register()];
    expect(one.take({ type: 'register', ttlMs: 1000 })).toBe('overloaded');
    for (const id of ids) expect(one.command(id, 1, 'x')).toMatchObject({ result: /^x/ });
    one.take({ type: 'close', session: ids[0] ?? 0 });
    expect(one.take({ type: 'register', ttlMs: 1000 })).toMatchObject({ index: one.lastIndex });
  });

  test('a client too far ahead of its oldest open call is refused, and no result is dropped', () => {
    const one = new TestReplica(rules);
    const id = one.register();
    for (const sequence of [1, 2, 3, 4]) one.command(id, sequence, `c${sequence}`);
    expect(one.command(id, 5, 'c5')).toBe('overloaded');
    expect(one.command(id, 1, 'c1')).toMatchObject({ result: 'c1 is 1' });
    expect(one.command(id, 5, 'c5', 2)).toMatchObject({ result: 'c5 is 5' });
  });

  test('of more keys than allowed the oldest is forgotten', () => {
    const one = new TestReplica(rules);
    for (const key of ['k', 'l', 'm', 'n']) one.keyed(key, key);
    expect(one.replica.sessions.status.keys).toBe(3);
    expect(one.keyed('l', 'l')).toMatchObject({ result: 'l is 2' });
    expect(one.keyed('k', 'k')).toMatchObject({ result: 'k is 5' });
  });

  test('a key is forgotten when it is too old, by cluster time', () => {
    const one = new TestReplica(rules);
    one.keyed('k', 'k');
    one.elapse(4999);
    expect(one.keyed('k', 'k')).toMatchObject({ result: 'k is 1' });
    one.elapse(1);
    expect(one.replica.sessions.status).toEqual({ count: 0, keys: 0, clusterTimeMs: 5000 });
    expect(one.keyed('k', 'k')).toMatchObject({ result: 'k is 2' });
  });
});

describe('names that are used again', () => {
  test('for another command get an error, and not the result of the first', () => {
    const one = new TestReplica(rules);
    const id = one.register();
    one.command(id, 1, 'x');
    one.keyed('k', 'x');
    expect(one.command(id, 1, 'y')).toBe('session-sequence');
    expect(one.keyed('k', 'y')).toBe('key-reused');
    expect(one.list.words).toEqual(['x', 'x']);
  });
});

describe('what it tells', () => {
  test('sessions that open, close and expire, with how many are left', () => {
    const one = new TestReplica(rules);
    const [a, b] = [one.register(1000), one.register(1000), one.register(1000)];
    one.take({ type: 'close', session: a });
    one.take({ type: 'close', session: a });
    for (let i = 0; i < 2; i++) one.elapse(1000);
    expect(one.events).toEqual([
      { type: 'session-opened', session: a, open: 1 },
      { type: 'session-opened', session: b, open: 2 },
      { type: 'session-opened', session: 3, open: 3 },
      { type: 'session-closed', session: a, open: 2 },
      { type: 'sessions-expired', expired: 2, open: 0 },
    ]);
  });

  test('the shortest life that cluster time must move for, and none when there is none', () => {
    const one = new TestReplica(rules);
    const shortest = () => one.replica.sessions.shortestTtlMs();
    expect(shortest()).toBeNull();
    one.keyed('k', 'k');
    expect(shortest()).toBe(rules.keyTtlMs);
    const id = one.register(2000);
    one.register(3000);
    expect(shortest()).toBe(2000);
    one.take({ type: 'close', session: id });
    expect(shortest()).toBe(3000);
  });
});

describe('the snapshot of a full table', () => {
  test('is taken at one instant: what is applied while it is read does not show in it', () => {
    const one = new TestReplica(rules);
    const id = one.register();
    one.command(id, 1, 'x');
    const before = one.snapshot()[0];
    const chunks = one.machine.snapshot();
    one.command(id, 2, 'y', 2);
    expect([...chunks][0]).toEqual(before);
    expect(one.snapshot()[0]).not.toEqual(before);
  });

  test('is read in pieces, so that nothing waits long for it', () => {
    const full = new TestReplica(sessionRules);
    for (let i = 0; i < 1000; i++) full.command(full.register(), 1, 'x');
    for (let i = 0; i < 10_000; i++) full.keyed(`a key of some length, ${i}`, 'x');
    const chunks = full.snapshot().slice(0, -full.list.words.length);
    expect(chunks.length).toBeGreaterThan(10);
    for (const chunk of chunks) expect(chunk.length).toBeLessThanOrEqual(64 * 1024 + 1);
    const copied = Buffer.concat(full.copy().snapshot());
    expect(copied.equals(Buffer.concat(full.snapshot()))).toBe(true);
  });

  const damages: Record<string, (chunks: Buffer[]) => readonly Buffer[]> = {
    'of which a chunk is missing': ([, ...rest]) => rest,
    'of a version that this program does not know': ([first = Buffer.of(), ...rest]) => {
      const later = Buffer.from(first);
      later.writeUInt8(2, 1 + 4 + 1);
      return [later, ...rest];
    },
    'that was cut': ([first = Buffer.of(), ...rest]) => [first.subarray(0, -1), ...rest],
    'that ends too soon': () => [],
  };
  for (const [which, damage] of Object.entries(damages)) {
    test(`is refused as damaged: one ${which}`, () => {
      const one = new TestReplica();
      one.command(one.register(), 1, 'x');
      one.list.words = [];
      const other = new TestReplica();
      const restore = () => {
        const restoration = other.machine.restore();
        for (const chunk of damage([...one.snapshot()])) restoration.write(chunk);
        restoration.finish();
      };
      expect(restore).toThrow(expect.objectContaining({ code: 'corrupt' }));
      expect(other.replica.sessions.status.count).toBe(0);
    });
  }
});

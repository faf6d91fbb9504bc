import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import {
  decodeSessionEntry,
  encodeSessionEntry,
  isKey,
  type SessionEntry,
} from './session-entry.js';
import { maxTtlMs } from './session-rules.js';

const number = fc.integer({ min: 1, max: 2 ** 47 });
const data = fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes));
const key = fc.string({ minLength: 1, maxLength: 80, unit: 'grapheme' }).filter(isKey);

const entry: fc.Arbitrary<SessionEntry> = fc.oneof(
  fc.record({
    type: fc.constant('register'),
    ttlMs: fc.integer({ min: 1000, max: maxTtlMs }),
  }),
  fc
    .record({ session: number, sequence: number, acknowledgedBelow: number, data })
    .map(({ acknowledgedBelow, ...rest }) => ({
      type: 'command' as const,
      ...rest,
      acknowledgedBelow: Math.min(acknowledgedBelow, rest.sequence),
    })),
  fc.record({ type: fc.constantFrom('keep-alive', 'close'), session: number }),
  fc.record({ type: fc.constant('time'), elapsedMs: number }),
  fc.record({ type: fc.constant('keyed'), key, data }),
);

describe('what a session entry holds', () => {
  test.prop([entry])('comes back from its bytes', (each) => {
    expect(decodeSessionEntry(encodeSessionEntry(each))).toEqual(each);
  });

  test.prop([fc.integer({ min: 0, max: 8 }), fc.uint8Array({ maxLength: 60 })])(
    'is nothing, and no error, where bytes are hostile',
    (kind, bytes) => {
      expect(() => decodeSessionEntry(Buffer.concat([Buffer.of(kind), bytes]))).not.toThrow();
    },
  );

  test.prop([entry, fc.nat()])('is nothing of which a part is missing', (each, at) => {
    const bytes = encodeSessionEntry(each);
    // A command may be of any length, none at all too.
    const head = 'data' in each ? bytes.length - each.data.length : bytes.length;
    const cut = bytes.subarray(0, at % head);
    expect(decodeSessionEntry(cut)).toBeNull();
  });

  test('is nothing where its numbers make no sense', () => {
    const session = { type: 'command', session: 1, data: Buffer.of() } as const;
    const nonsense: readonly SessionEntry[] = [
      { type: 'register', ttlMs: 999 },
      { type: 'register', ttlMs: maxTtlMs + 1 },
      { ...session, sequence: 1, acknowledgedBelow: 2 },
      { type: 'keyed', key: '', data: Buffer.of() },
    ];
    for (const each of nonsense) expect(decodeSessionEntry(encodeSessionEntry(each))).toBeNull();
  });
});

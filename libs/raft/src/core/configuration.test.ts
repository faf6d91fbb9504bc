import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import {
  decodeConfiguration,
  encodeConfiguration,
  findMember,
  isVoter,
  type Member,
  voters,
} from './configuration.js';

const member: fc.Arbitrary<Member> = fc.record({
  id: fc.string({ minLength: 1, maxLength: 8 }),
  address: fc.string({ maxLength: 20 }),
  incarnation: fc.string({ maxLength: 8 }),
  role: fc.constantFrom('voter', 'learner'),
  promote: fc.boolean(),
  attributes: fc.dictionary(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), {
    maxKeys: 3,
    noNullPrototype: true,
  }),
});
const members = fc.uniqueArray(member, { selector: ({ id }) => id, maxLength: 5 });

const bytesOf = (text: string) => new TextEncoder().encode(text);

describe('a configuration as the data of its entry', () => {
  test.prop([members])('comes back as it went in', (all) => {
    expect(decodeConfiguration(encodeConfiguration({ members: all }))).toEqual({ members: all });
  });

  test.prop([fc.uint8Array({ maxLength: 200 })])(
    'any bytes give a configuration or a SyntaxError, nothing else',
    (bytes) => {
      expectConfigurationOrSyntaxError(bytes);
    },
  );

  test.prop([fc.json({ maxDepth: 4 })])('and so does any JSON', (text) => {
    expectConfigurationOrSyntaxError(bytesOf(text));
  });

  test.prop([members, fc.nat(), fc.integer({ min: 0, max: 255 })])(
    'and so does a configuration with one damaged byte',
    (all, where, byte) => {
      const bytes = encodeConfiguration({ members: all });
      bytes[where % bytes.length] = byte;
      expectConfigurationOrSyntaxError(bytes);
    },
  );

  test.each([
    ['no object', 'null'],
    ['no members', '{}'],
    ['members that are no list', '{"members":{"length":1}}'],
    ['a member that is null', '{"members":[null]}'],
    ['a member without fields', '{"members":[{}]}'],
    ['a role that does not exist', json({ role: 'king' })],
    ['an id that is a number', json({ id: 1 })],
    ['attributes that are null', json({ attributes: null })],
    ['an attribute that is a number', json({ attributes: { http: 80 } })],
  ])('refuses %s', (_, text) => {
    expect(() => decodeConfiguration(bytesOf(text))).toThrow(SyntaxError);
  });
});

describe('looking into a configuration', () => {
  test.prop([members])('finds each member, and counts the voters', (all) => {
    for (const one of all) {
      expect(findMember({ members: all }, one.id)).toBe(one);
      expect(isVoter({ members: all }, one.id)).toBe(one.role === 'voter');
    }
    expect(voters({ members: all })).toEqual(all.filter(({ role }) => role === 'voter'));
  });

  test('a stranger is no voter', () => {
    expect(isVoter({ members: [] }, 'S1')).toBe(false);
  });
});

function json(fields: object): string {
  const good = {
    id: 'S1',
    address: '',
    incarnation: '',
    role: 'voter',
    promote: false,
    attributes: {},
  };
  return JSON.stringify({ members: [{ ...good, ...fields }] });
}

function expectConfigurationOrSyntaxError(bytes: Uint8Array): void {
  try {
    const { members: read } = decodeConfiguration(bytes);
    for (const one of read) expect(['voter', 'learner']).toContain(one.role);
  } catch (error) {
    expect(error).toBeInstanceOf(SyntaxError);
  }
}

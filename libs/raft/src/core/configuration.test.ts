import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import {
  type Configuration,
  decodeConfiguration,
  encodeConfiguration,
  everyMember,
  findMember,
  isVoter,
  type Member,
  noConfiguration,
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

const configuration: fc.Arbitrary<Configuration> = fc.record({
  members,
  outgoing: fc.option(members),
});

const bytesOf = (text: string) => new TextEncoder().encode(text);

describe('a configuration as the data of its entry', () => {
  test.prop([configuration])('comes back as it went in', (all) => {
    expect(decodeConfiguration(encodeConfiguration(all))).toEqual(all);
  });

  test('is not joint where an older log says nothing about it', () => {
    expect(decodeConfiguration(bytesOf('{"members":[]}')).outgoing).toBeNull();
  });

  test('reads as it did before there were joint ones, unless it is one', () => {
    const data = encodeConfiguration({ members: [], outgoing: null });
    expect(Buffer.from(data).toString()).toBe('{"members":[]}');
  });

  test('does not hold its own index: that is the entry’s', () => {
    const placed = { ...noConfiguration, index: 7 };
    expect(decodeConfiguration(encodeConfiguration(placed))).not.toHaveProperty('index');
  });

  test('keeps what a later version has added', () => {
    const later = { ...JSON.parse(json({ weight: 3 })), rack: 'a' } as object;
    const read = decodeConfiguration(bytesOf(JSON.stringify(later)));
    expect(decodeConfiguration(encodeConfiguration(read))).toEqual({ ...later, outgoing: null });
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

  test.prop([configuration, fc.nat(), fc.integer({ min: 0, max: 255 })])(
    'and so does a configuration with one damaged byte',
    (all, where, byte) => {
      const bytes = encodeConfiguration(all);
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
    ['outgoing members that are no list', '{"members":[],"outgoing":{}}'],
    ['outgoing members without fields', '{"members":[],"outgoing":[{}]}'],
    ['attributes that are null', json({ attributes: null })],
    ['an attribute that is a number', json({ attributes: { http: 80 } })],
  ])('refuses %s', (_, text) => {
    expect(() => decodeConfiguration(bytesOf(text))).toThrow(SyntaxError);
  });
});

describe('looking into a configuration', () => {
  test.prop([configuration])('finds each member, the one that stays first', (all) => {
    for (const one of all.members) expect(findMember(all, one.id)).toBe(one);
    for (const one of all.outgoing ?? []) {
      const staying = all.members.find(({ id }) => id === one.id);
      expect(findMember(all, one.id)).toBe(staying ?? one);
    }
  });

  test.prop([configuration])('names everybody once', (all) => {
    const ids = [...all.members, ...(all.outgoing ?? [])].map(({ id }) => id);
    expect(everyMember(all).map(({ id }) => id)).toEqual([...new Set(ids)]);
    for (const one of everyMember(all)) expect(findMember(all, one.id)).toBe(one);
  });

  test.prop([configuration])('a voter is who votes in one half at least', (all) => {
    const voting = [...voters(all), ...voters({ members: all.outgoing ?? [] })];
    for (const { id } of everyMember(all)) {
      expect(isVoter(all, id)).toBe(voting.some((one) => one.id === id));
    }
  });

  test('a stranger is no voter', () => {
    expect(isVoter(noConfiguration, 'S1')).toBe(false);
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

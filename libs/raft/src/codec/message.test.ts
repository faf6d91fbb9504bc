import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { decodeConfiguration, encodeConfiguration } from '../core/configuration.js';
import type { ChangeRequest, Configuration, MembershipChange } from '../core/configuration.js';
import type { CommandType, Entry } from '../core/entry.js';
import type {
  AppendRequest,
  Message,
  MessageType,
  SnapshotRequest,
  VoteRefusal,
} from '../core/message.js';
import type { SnapshotInfo } from '../core/snapshot.js';
import { MalformedMessageError } from './malformed.js';
import { messageBytes, readMessage, spokenSince, writeMessage } from './message.js';

const number = fc.integer({ min: 0, max: 2 ** 47 });
const flag = fc.boolean();
const id = fc.stringMatching(/^[A-Za-z0-9._-]{1,63}$/);
const data = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
const attributes = fc.dictionary(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), {
  noNullPrototype: true,
});
const refusal = fc.constantFrom(
  null,
  ...([
    'not-leader',
    'no-leader',
    'not-bootstrapped',
    'already-bootstrapped',
    'transfer-in-progress',
    'transfer-target-unfit',
    'transfer-timed-out',
    'change-in-progress',
    'leader-not-ready',
    'unknown-member',
    'last-voter',
    'overloaded',
    'leadership-lost',
    'storage-fault',
  ] as const),
);

const member = fc.record({
  id,
  address: fc.webAuthority({ withPort: true }),
  incarnation: id,
  promote: flag,
  attributes,
});

const oneChange: fc.Arbitrary<MembershipChange> = fc.oneof(
  fc.record({ type: fc.constant('add' as const), member }),
  fc.record({ type: fc.constantFrom('promote', 'demote', 'remove'), id }),
);

const change: fc.Arbitrary<ChangeRequest> = fc.record({
  changes: fc.array(oneChange, { maxLength: 4 }),
  expectedIndex: fc.option(number),
});

const configurationData = fc
  .uniqueArray(member, { selector: (one) => one.id, maxLength: 3 })
  .map((members) =>
    Buffer.from(
      encodeConfiguration({
        members: members.map((one) => ({ ...one, role: 'voter' as const })),
        outgoing: null,
      }),
    ),
  );

/** An append request whose entries follow from each other. */
const appendRequest: fc.Arbitrary<AppendRequest> = fc
  .record({
    prevIndex: fc.integer({ min: 0, max: 2 ** 46 }),
    prevTerm: fc.integer({ min: 0, max: 2 ** 46 }),
    session: number,
    commit: number,
    termAbove: fc.nat(),
    steps: fc.array(
      fc.record({
        rise: fc.nat({ max: 3 }),
        body: fc.oneof(
          fc.record({ type: fc.constantFrom('command', 'session', 'noop'), data }),
          fc.record({ type: fc.constant('configuration' as const), data: configurationData }),
        ),
      }),
      { maxLength: 8 },
    ),
  })
  .map(({ prevIndex, prevTerm, session, commit, termAbove, steps }) => {
    let term = prevTerm;
    const entries = steps.map(({ rise, body }, at): Entry => {
      term += rise;
      return { index: prevIndex + 1 + at, term, ...body };
    });
    return {
      type: 'append-request',
      term: term + termAbove,
      session,
      prevIndex,
      prevTerm,
      entries,
      commit,
    };
  });

/** A piece of a snapshot that does not contradict itself. */
const snapshotRequest: fc.Arbitrary<SnapshotRequest> = fc
  .record({
    index: fc.integer({ min: 1, max: 2 ** 46 }),
    snapshotTerm: fc.integer({ min: 0, max: 2 ** 46 }),
    configurationAge: fc.nat(),
    configurationData,
    name: fc.stringMatching(/^[A-Za-z0-9._-]{1,128}$/),
    session: number,
    termAbove: fc.nat(),
    offset: fc.integer({ min: 0, max: 2 ** 40 }),
    data: data.filter(({ length }) => length > 0),
    bytesBehind: fc.nat(),
  })
  .map((piece) => ({
    type: 'snapshot-request',
    term: piece.snapshotTerm + piece.termAbove,
    session: piece.session,
    snapshot: {
      index: piece.index,
      term: piece.snapshotTerm,
      configuration: {
        index: Math.max(0, piece.index - piece.configurationAge),
        ...decodeConfiguration(piece.configurationData),
      },
      id: piece.name,
      bytes: piece.offset + piece.data.length + piece.bytesBehind,
    },
    offset: piece.offset,
    data: piece.data,
  }));

const kinds: { [Type in MessageType]: fc.Arbitrary<Extract<Message, { type: Type }>> } = {
  'vote-request': fc.record({
    type: fc.constant('vote-request'),
    term: number,
    preVote: flag,
    transfer: flag,
    lastIndex: number,
    lastTerm: number,
  }),
  'vote-response': fc.record({
    type: fc.constant('vote-response'),
    term: number,
    preVote: flag,
    refusal: fc.constantFrom(
      null,
      ...([
        'stale-term',
        'already-voted',
        'log-behind',
        'leader-alive',
        'blank',
        'not-a-member',
      ] as const),
    ),
    configurationIndex: number,
  }),
  'append-request': appendRequest,
  'append-response': fc.record({
    type: fc.constant('append-response'),
    term: number,
    session: number,
    match: fc.option(number),
    rejectedIndex: number,
    conflictIndex: number,
    conflictTerm: number,
  }),
  heartbeat: fc.record({
    type: fc.constant('heartbeat'),
    term: number,
    session: number,
    commit: number,
    readPosition: number,
    sentAt: number,
    echo: number,
    known: number,
    quorumAgeMs: number,
  }),
  'heartbeat-response': fc.record({
    type: fc.constant('heartbeat-response'),
    term: number,
    session: number,
    readPosition: number,
    sentAt: number,
    holdMs: number,
    clock: number,
  }),
  'snapshot-request': snapshotRequest,
  'snapshot-response': fc.record({
    type: fc.constant('snapshot-response'),
    term: number,
    session: number,
    index: number,
    received: number,
    done: flag,
  }),
  'timeout-now': fc.record({
    type: fc.constant('timeout-now'),
    term: number,
    lastIndex: number,
  }),
  'propose-request': fc.record({
    type: fc.constant('propose-request'),
    term: number,
    id: number,
    commands: fc.array(fc.record({ type: fc.constantFrom('command', 'session'), data }), {
      maxLength: 5,
    }),
  }),
  'propose-response': fc.record({
    type: fc.constant('propose-response'),
    term: number,
    id: number,
    refusal,
    index: number,
    entryTerm: number,
  }),
  'read-request': fc.record({ type: fc.constant('read-request'), term: number, id: number }),
  'read-response': fc.record({
    type: fc.constant('read-response'),
    term: number,
    id: number,
    refusal,
    index: number,
  }),
  'membership-request': fc.record({
    type: fc.constant('membership-request'),
    term: number,
    id: number,
    change,
  }),
  'membership-response': fc.record({
    type: fc.constant('membership-response'),
    term: number,
    id: number,
    refusal,
    index: number,
    entryTerm: number,
  }),
};

const anyMessage: fc.Arbitrary<Message> = fc.oneof(...Object.values(kinds));

function encode(message: Message): Buffer {
  const buffer = Buffer.alloc(messageBytes(message));
  expect(writeMessage(buffer, 0, message)).toBe(buffer.length);
  return buffer;
}

/** Where a message may end because an earlier version knew no more of it: all later fields are u48. */
function earlierEnds(message: Message): number[] {
  const later: Partial<Record<MessageType, number>> = {
    heartbeat: 4,
    'heartbeat-response': 3,
    'vote-response': 1,
  };
  const { length } = encode(message);
  return Array.from({ length: later[message.type] ?? 0 }, (_, left) => length - (left + 1) * 6);
}

/** Reads, and lets only the one promised error pass. */
function readOrRefuse(bytes: Uint8Array): Message | MalformedMessageError {
  try {
    return readMessage(Buffer.from(bytes));
  } catch (error) {
    expect(error).toBeInstanceOf(MalformedMessageError);
    return error as MalformedMessageError;
  }
}

const entryAt = (index: number, term: number): Entry => ({
  index,
  term,
  type: 'command',
  data: Buffer.from('x'),
});

const append = (over: Partial<AppendRequest>): AppendRequest => ({
  type: 'append-request',
  term: 5,
  session: 1,
  prevIndex: 10,
  prevTerm: 3,
  entries: [entryAt(11, 3), entryAt(12, 4)],
  commit: 9,
  ...over,
});

describe('a message', () => {
  for (const [type, kind] of Object.entries(kinds) as [MessageType, fc.Arbitrary<Message>][]) {
    test.prop([kind])(`comes back from its bytes: ${type}`, (message) => {
      expect(readMessage(encode(message))).toEqual(message);
    });
  }

  test.prop([anyMessage, fc.uint8Array({ maxLength: 40 })])(
    'is read even when a later version has added fields behind it',
    (message, more) => {
      expect(readMessage(Buffer.concat([encode(message), more]))).toEqual(message);
    },
  );

  test.prop([kinds.heartbeat])(
    'is read from an earlier version, which has fewer fields',
    (message) => {
      const later = { sentAt: 0, echo: 0, known: 0, quorumAgeMs: 0 };
      const end = earlierEnds(message).at(-1);
      expect(readMessage(encode(message).subarray(0, end))).toEqual({ ...message, ...later });
    },
  );

  test.prop([anyMessage, fc.nat({ max: 50 })])('is written where it is told to', (message, at) => {
    const buffer = Buffer.alloc(at + messageBytes(message), 0xee);
    expect(writeMessage(buffer, at, message)).toBe(buffer.length);
    expect(readMessage(buffer.subarray(at))).toEqual(message);
    expect(buffer.subarray(0, at)).toEqual(Buffer.alloc(at, 0xee));
  });
});

describe('hostile bytes give a MalformedMessageError and nothing else', () => {
  test.prop([fc.uint8Array({ maxLength: 200 })])('at random', (bytes) => {
    readOrRefuse(bytes);
  });

  test.prop([fc.integer({ min: 1, max: 15 }), fc.uint8Array({ maxLength: 200 })])(
    'behind the tag of a message',
    (tag, bytes) => {
      readOrRefuse(Buffer.concat([Buffer.of(tag), bytes]));
    },
  );

  test.prop([anyMessage, fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 4 })])(
    'in a message of which some bytes were changed',
    (message, changes) => {
      const bytes = encode(message);
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      readOrRefuse(bytes);
    },
  );

  test.prop([anyMessage, fc.nat()])('in a message that was cut', (message, at) => {
    const bytes = encode(message);
    const end = at % bytes.length;
    fc.pre(!earlierEnds(message).includes(end));
    expect(readOrRefuse(bytes.subarray(0, end))).toBeInstanceOf(MalformedMessageError);
  });

  test('that claim more entries, commands or bytes than are there', () => {
    const entries = encode(append({ entries: [] }));
    entries.writeUInt32LE(0xffff_ffff, 1 + 4 * 6);
    expect(() => readMessage(entries)).toThrow(MalformedMessageError);

    const commands = encode({ type: 'propose-request', term: 1, id: 1, commands: [] });
    commands.writeUInt32LE(0xffff_ffff, 1 + 2 * 6);
    expect(() => readMessage(commands)).toThrow(MalformedMessageError);

    const length = encode({
      type: 'propose-request',
      term: 1,
      id: 1,
      commands: [{ type: 'command', data: Buffer.from('xy') }],
    });
    length.writeUInt32LE(0x00ff_ffff, 1 + 2 * 6 + 4);
    expect(() => readMessage(length)).toThrow(MalformedMessageError);
  });

  test('that hold a command of a type which is not known', () => {
    const commands = [{ type: 'session', data: Buffer.from('xy') }] as const;
    const bytes = encode({ type: 'propose-request', term: 1, id: 1, commands });
    bytes.writeUInt8(2, 1 + 2 * 6 + 4 + 3);
    expect(() => readMessage(bytes)).toThrow('unknown type of command');
  });

  test('that hold a number which a node could not count on from', () => {
    const bytes = encode({ type: 'read-request', term: 1, id: 1 });
    bytes.fill(0xff, 1, 7);
    expect(() => readMessage(bytes)).toThrow('out of range');
  });
});

describe('an append request is refused when', () => {
  const refused: Record<string, AppendRequest> = {
    'its first entry does not follow the previous one': append({ entries: [entryAt(12, 4)] }),
    'an entry is missing': append({ entries: [entryAt(11, 3), entryAt(13, 4)] }),
    'an entry comes twice': append({ entries: [entryAt(11, 3), entryAt(11, 3)] }),
    'terms fall': append({ entries: [entryAt(11, 4), entryAt(12, 3)] }),
    'terms fall below the previous one': append({ entries: [entryAt(11, 2)] }),
    'an entry is of a later term than the leader': append({ entries: [entryAt(11, 6)] }),
    'the previous entry is of a later term than the leader': append({ prevTerm: 6, entries: [] }),
  };
  for (const [when, message] of Object.entries(refused)) {
    test(when, () => {
      expect(() => readMessage(encode(message))).toThrow(MalformedMessageError);
    });
  }

  const member = {
    id: 'n1',
    address: '127.0.0.1:9000',
    incarnation: 'a',
    role: 'voter',
    promote: false,
    attributes: {},
  };
  const configurations: Record<string, unknown> = {
    'a configuration is no object': [],
    'a configuration has no members': {},
    'a member has no id': { members: [{ ...member, id: undefined }] },
    'the id of a member is a path': { members: [{ ...member, id: '../n1' }] },
    'the id of a member is too long': { members: [{ ...member, id: 'n'.repeat(64) }] },
    'a member is neither voter nor learner': { members: [{ ...member, role: 'king' }] },
    'a member stands twice': { members: [member, member] },
    'an outgoing member stands twice': { members: [member], outgoing: [member, member] },
    'the id of an outgoing member is a path': {
      members: [member],
      outgoing: [{ ...member, id: '../n1' }],
    },
    'an attribute is no string': { members: [{ ...member, attributes: { http: 8000 } }] },
  };
  for (const [when, configuration] of Object.entries(configurations)) {
    test(when, () => {
      const data = Buffer.from(JSON.stringify(configuration));
      const entry: Entry = { index: 11, term: 4, type: 'configuration', data };
      expect(() => readMessage(encode(append({ entries: [entry] })))).toThrow(
        MalformedMessageError,
      );
    });
  }
});

describe('a piece of a snapshot is refused when', () => {
  const snapshot: SnapshotInfo = {
    index: 10,
    term: 3,
    configuration: { index: 4, members: [], outgoing: null },
    id: 'snapshot-10',
    bytes: 100,
  };
  const piece = (over: Partial<SnapshotRequest>): SnapshotRequest => ({
    type: 'snapshot-request',
    term: 5,
    session: 1,
    snapshot,
    offset: 40,
    data: Buffer.alloc(60),
    ...over,
  });
  const refused: Record<string, SnapshotRequest> = {
    'it reaches beyond the end': piece({ offset: 41 }),
    'it is empty': piece({ data: Buffer.alloc(0) }),
    'the snapshot stands for nothing': piece({ snapshot: { ...snapshot, index: 0 } }),
    'the snapshot is of a later term than the leader': piece({ term: 2 }),
    'the configuration is of a later entry': piece({
      snapshot: { ...snapshot, configuration: { index: 11, members: [], outgoing: null } },
    }),
    'its id is a path': piece({ snapshot: { ...snapshot, id: '../other' } }),
    'its id is empty': piece({ snapshot: { ...snapshot, id: '' } }),
  };

  test('nothing of this is the case, and else it is not', () => {
    expect(readMessage(encode(piece({})))).toEqual(piece({}));
  });

  for (const [when, message] of Object.entries(refused)) {
    test(when, () => {
      expect(() => readMessage(encode(message))).toThrow(MalformedMessageError);
    });
  }

  test('its configuration is none', () => {
    const bytes = encode(piece({}));
    bytes.write('x', bytes.indexOf('members'));
    expect(() => readMessage(bytes)).toThrow('configuration');
  });
});

describe('a change of the membership is refused when', () => {
  const refused: Record<string, unknown> = {
    'its kind is unknown': { type: 'crown', id: 'n1' },
    'the id is missing': { type: 'remove' },
    'the id has other characters': { type: 'remove', id: 'n1\n' },
    'the member is missing': { type: 'add' },
    'the address is no string': {
      type: 'add',
      member: { id: 'n1', address: 9000, incarnation: 'a', promote: true, attributes: {} },
    },
  };
  for (const [when, json] of Object.entries(refused)) {
    test(when, () => {
      for (const changes of [[json], [json, json]]) {
        const change = { changes, expectedIndex: null } as unknown as ChangeRequest;
        const bytes = encode({ type: 'membership-request', term: 1, id: 1, change });
        expect(() => readMessage(bytes)).toThrow(MalformedMessageError);
      }
    });
  }

  test('the expected index is no whole number', () => {
    const change = { changes: [], expectedIndex: 1.5 };
    const bytes = encode({ type: 'membership-request', term: 1, id: 1, change });
    expect(() => readMessage(bytes)).toThrow(MalformedMessageError);
  });
});

test('a single change has the bytes that it had before there were several', () => {
  const remove = { type: 'remove', id: 'n1' } as const;
  const change = { changes: [remove], expectedIndex: null };
  const bytes = encode({ type: 'membership-request', term: 1, id: 1, change });
  expect(JSON.parse(bytes.subarray(1 + 2 * 6 + 4).toString())).toEqual(remove);
});

describe('is spoken since', () => {
  const remove = { type: 'remove', id: 'n1' } as const;
  const change = (changes: readonly MembershipChange[], expectedIndex: number | null = null) =>
    ({ type: 'membership-request', term: 1, id: 1, change: { changes, expectedIndex } }) as const;
  const entryOf = (outgoing: Configuration['outgoing']): Entry => ({
    ...entryAt(11, 3),
    type: 'configuration',
    data: encodeConfiguration({ members: [], outgoing }),
  });
  const vote = (refusal: VoteRefusal) =>
    ({ type: 'vote-response', term: 1, preVote: false, refusal, configurationIndex: 3 }) as const;

  const proposal = (type: CommandType) =>
    ({ type: 'propose-request', term: 1, id: 1, commands: [{ type, data: Buffer.of() }] }) as const;

  test.each<[number, string, Message]>([
    [1, 'a plain change', change([remove])],
    [2, 'several changes', change([remove, remove])],
    [2, 'a change that expects a configuration', change([remove], 7)],
    [1, 'entries', append({})],
    [1, 'a configuration', append({ entries: [entryOf(null)] })],
    [2, 'a joint configuration', append({ entries: [entryAt(11, 3), entryOf([])] })],
    [2, 'an entry of a session', append({ entries: [{ ...entryAt(11, 3), type: 'session' }] })],
    [1, 'commands', proposal('command')],
    [2, 'a command of a session', proposal('session')],
    [1, 'a refused vote', vote('log-behind')],
    [2, 'a vote refused to a stranger', vote('not-a-member')],
  ])('protocol %i: %s', (since, _what, message) => {
    expect(spokenSince(message)).toBe(since);
  });
});

import { fc } from '@fast-check/vitest';
import type { ChangeRequest, MembershipChange } from '../../src/core/configuration.js';
import type { Entry } from '../../src/core/entry.js';
import type { Input } from '../../src/core/input.js';
import type { Message, MessageType, Refusal, VoteRefusal } from '../../src/core/message.js';
import type { SnapshotInfo } from '../../src/core/snapshot.js';
import { configuration } from './messages.js';
import { member } from './server.js';

/** Anything that a peer or a caller might say, with numbers so small that they often fit together. */

const small = fc.nat({ max: 6 });
/** Lease clocks begin anywhere. */
const clock = fc.nat({ max: 2 ** 41 });
const flag = fc.boolean();
const name = fc.constantFrom('S1', 'S2', 'S3', 'S4', 'S9');
const data = fc.uint8Array({ maxLength: 3 });
const command = fc.record({ type: fc.constantFrom('command', 'session'), data });
const commands = fc.array(command, { minLength: 1, maxLength: 3 });
const refusal = fc.constantFrom<Refusal | null>(null, 'not-leader', 'leadership-lost');
const voteRefusal = fc.constantFrom<VoteRefusal | null>(
  null,
  'log-behind',
  'leader-alive',
  'not-a-member',
);

/** Configurations that can be read, and garbage. */
const configurationData = fc.oneof(
  data,
  fc.subarray(['S1', 'S2', 'S3', 'S4']).map((ids) => {
    const members = ids.map((id) => member(id));
    return configuration(1, 1, members).data;
  }),
);

const entry: fc.Arbitrary<Entry> = fc.oneof(
  fc.record({
    index: small,
    term: small,
    type: fc.constantFrom('command', 'session', 'noop'),
    data,
  }),
  fc.record({
    index: small,
    term: small,
    type: fc.constant('configuration'),
    data: configurationData,
  }),
);

/** Often entries that follow each other, so that requests get past the first check. */
const entries = fc.oneof(
  fc.array(entry, { maxLength: 3 }),
  fc
    .tuple(small, small, fc.array(data, { maxLength: 3 }))
    .map(([start, term, all]) =>
      all.map((each, i): Entry => ({ index: start + 1 + i, term, type: 'command', data: each })),
    ),
);

const oneChange: fc.Arbitrary<MembershipChange> = fc.oneof(
  fc.record({ type: fc.constantFrom('promote', 'demote', 'remove'), id: name }),
  fc.tuple(name, flag, fc.constantFrom('1', '2')).map(([id, promote, volume]) => {
    const { address, attributes } = member(id);
    const joining = { id, address, incarnation: `${id}#${volume}`, promote, attributes };
    return { type: 'add' as const, member: joining };
  }),
);

const change: fc.Arbitrary<ChangeRequest> = fc.record({
  changes: fc.array(oneChange, { maxLength: 3 }),
  expectedIndex: fc.option(small),
});
const snapshot: fc.Arbitrary<SnapshotInfo> = fc
  .tuple(small, small, small, fc.subarray(['S1', 'S2', 'S3']))
  .map(([index, term, placed, ids]) => {
    const members = ids.map((id) => member(id));
    const id = `snapshot-${index}`;
    return { index, term, configuration: { index: placed, members, outgoing: null }, id, bytes: 4 };
  });

type FieldsOf<T> = { readonly [Name in Exclude<keyof T, 'type'>]: fc.Arbitrary<T[Name]> };

const fieldsOf: {
  readonly [Type in MessageType]: FieldsOf<Extract<Message, { readonly type: Type }>>;
} = {
  'vote-request': { term: small, preVote: flag, transfer: flag, lastIndex: small, lastTerm: small },
  'vote-response': {
    term: small,
    preVote: flag,
    refusal: voteRefusal,
    configurationIndex: small,
  },
  'append-request': {
    term: small,
    session: small,
    prevIndex: small,
    prevTerm: small,
    entries,
    commit: small,
  },
  'append-response': {
    term: small,
    session: small,
    match: fc.option(small),
    rejectedIndex: small,
    conflictIndex: small,
    conflictTerm: small,
  },
  heartbeat: {
    term: small,
    session: small,
    commit: small,
    readPosition: small,
    sentAt: clock,
    echo: clock,
    known: small,
    quorumAgeMs: small,
  },
  'heartbeat-response': {
    term: small,
    session: small,
    readPosition: small,
    sentAt: clock,
    holdMs: small,
    clock,
  },
  'snapshot-request': { term: small, session: small, snapshot, offset: small, data },
  'snapshot-response': { term: small, session: small, index: small, received: small, done: flag },
  'timeout-now': { term: small, lastIndex: small },
  'propose-request': { term: small, id: small, commands },
  'propose-response': { term: small, id: small, refusal, index: small, entryTerm: small },
  'read-request': { term: small, id: small },
  'read-response': { term: small, id: small, refusal, index: small },
  'membership-request': { term: small, id: small, change },
  'membership-response': { term: small, id: small, refusal, index: small, entryTerm: small },
};

export const anyMessage: fc.Arbitrary<Message> = fc.oneof(
  ...Object.entries(fieldsOf).map(([type, fields]) =>
    // Each record is one of the union's shapes: `fieldsOf` was checked.
    fc.record({ type: fc.constant(type), ...fields } as unknown as FieldsOf<{ message: Message }>),
  ),
) as unknown as fc.Arbitrary<Message>;

const received: fc.Arbitrary<Input> = fc
  .tuple(name, fc.constantFrom('1', '1', '1', '2'), anyMessage)
  .map(([from, volume, message]) => ({
    type: 'message',
    from,
    incarnation: `${from}#${volume}`,
    message,
  }));

const happened: fc.Arbitrary<Input> = fc.oneof(
  fc.constant({ type: 'tick' as const }),
  fc.record({ type: fc.constant('peer-disconnected' as const), peer: name }),
  fc.constant({ type: 'disk-stalled' as const }),
  fc.record({ type: fc.constant('persisted' as const), write: small }),
  fc.record({
    type: fc.constant('persist-failed' as const),
    write: small,
    fault: fc.constantFrom('full' as const, 'failed' as const),
  }),
  fc.record({ type: fc.constant('snapshot-stored' as const), snapshot, received: small }),
  fc.record({
    type: fc.constant('snapshot-read' as const),
    to: name,
    session: small,
    snapshot,
    offset: small,
    data: fc.option(data),
  }),
  fc.record({ type: fc.constant('read' as const), id: small, forward: flag, lease: flag }),
  fc.record({ type: fc.constant('propose' as const), id: small, commands, forward: flag }),
  fc.record({ type: fc.constant('change-membership' as const), id: small, change, forward: flag }),
  fc.record({ type: fc.constant('transfer-leadership' as const), id: small, to: fc.option(name) }),
);

/** Mostly messages. */
export const anyInput = fc.oneof(
  { weight: 2, arbitrary: received },
  { weight: 1, arbitrary: happened },
);

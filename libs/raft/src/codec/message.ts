import type { AppendRequest, Message, MessageType, Refusal, VoteRefusal } from '../core/message.js';
import { findMalformed, findMalformedSnapshot } from '../core/well-formed.js';
import {
  blob,
  changeRequest,
  commands,
  entries,
  flag,
  later,
  nullable,
  number,
  word,
} from './field.js';
import type { Field } from './field.js';
import { MalformedMessageError } from './malformed.js';
import { checkMemberIds } from './membership.js';
import { Reader } from './reader.js';
import { snapshotInfo } from './snapshot.js';

const voteRefusal = nullable(
  word<VoteRefusal>(
    {
      'stale-term': 1,
      'already-voted': 2,
      'log-behind': 3,
      'leader-alive': 4,
      blank: 5,
      'not-a-member': 6,
    },
    ['not-a-member'],
  ),
);

const refusal = nullable(
  word<Refusal>(
    {
      'not-leader': 1,
      'no-leader': 2,
      'not-bootstrapped': 3,
      'already-bootstrapped': 4,
      'transfer-in-progress': 5,
      'transfer-target-unfit': 6,
      'transfer-timed-out': 7,
      'change-in-progress': 8,
      'leader-not-ready': 9,
      'unknown-member': 10,
      'last-voter': 11,
      overloaded: 12,
      'leadership-lost': 13,
      'storage-fault': 14,
      'id-in-use': 15,
      'address-in-use': 16,
      'configuration-changed': 17,
      removed: 18,
      'not-a-voter': 19,
    },
    ['address-in-use', 'configuration-changed', 'removed', 'not-a-voter'],
  ),
);

/** A message's first byte, and its fields in the order in which they follow. */
interface Layout<M extends Message> {
  readonly tag: number;
  /** The first protocol that knows the message; without it, any. */
  readonly since?: number;
  readonly fields: { readonly [Name in Exclude<keyof M, 'type'>]: Field<M[Name]> };
}

/**
 * The bytes of every message. A later version adds fields only at the end of a message, as `later`:
 * what stands behind the known fields is skipped.
 */
const layouts: {
  readonly [Type in MessageType]: Layout<Extract<Message, { readonly type: Type }>>;
} = {
  'vote-request': {
    tag: 1,
    fields: { term: number, preVote: flag, transfer: flag, lastIndex: number, lastTerm: number },
  },
  'vote-response': {
    tag: 2,
    fields: {
      term: number,
      preVote: flag,
      refusal: voteRefusal,
      configurationIndex: later(number, 0),
    },
  },
  'append-request': {
    tag: 3,
    fields: {
      term: number,
      session: number,
      prevIndex: number,
      prevTerm: number,
      entries,
      commit: number,
    },
  },
  'append-response': {
    tag: 4,
    fields: {
      term: number,
      session: number,
      match: nullable(number),
      rejectedIndex: number,
      conflictIndex: number,
      conflictTerm: number,
    },
  },
  heartbeat: {
    tag: 5,
    fields: {
      term: number,
      session: number,
      commit: number,
      readPosition: number,
      sentAt: later(number, 0),
      echo: later(number, 0),
      known: later(number, 0),
      quorumAgeMs: later(number, 0),
    },
  },
  'heartbeat-response': {
    tag: 6,
    fields: {
      term: number,
      session: number,
      readPosition: number,
      sentAt: later(number, 0),
      holdMs: later(number, 0),
      clock: later(number, 0),
    },
  },
  'timeout-now': {
    tag: 7,
    fields: { term: number, lastIndex: number },
  },
  'propose-request': {
    tag: 8,
    fields: { term: number, id: number, commands },
  },
  'propose-response': {
    tag: 9,
    fields: { term: number, id: number, refusal, index: number, entryTerm: number },
  },
  'read-request': {
    tag: 10,
    fields: { term: number, id: number },
  },
  'read-response': {
    tag: 11,
    fields: { term: number, id: number, refusal, index: number },
  },
  'membership-request': {
    tag: 12,
    fields: { term: number, id: number, change: changeRequest },
  },
  'membership-response': {
    tag: 13,
    fields: { term: number, id: number, refusal, index: number, entryTerm: number },
  },
  'snapshot-request': {
    tag: 14,
    since: 2,
    fields: { term: number, session: number, snapshot: snapshotInfo, offset: number, data: blob },
  },
  'snapshot-response': {
    tag: 15,
    since: 2,
    fields: { term: number, session: number, index: number, received: number, done: flag },
  },
};

/** A layout as a list to walk: the names are known to fit their fields, since `layouts` was checked. */
interface Walk {
  readonly type: MessageType;
  readonly tag: number;
  readonly since: number;
  readonly fields: readonly (readonly [name: string, field: Field<unknown>])[];
}

const walks = new Map<MessageType, Walk>();
const walksByTag: (Walk | undefined)[] = [];
for (const type of Object.keys(layouts) as MessageType[]) {
  const { tag, since = 1, fields } = layouts[type];
  const walk: Walk = { type, tag, since, fields: Object.entries(fields) };
  walks.set(type, walk);
  walksByTag[tag] = walk;
}

export function messageBytes(message: Message): number {
  let bytes = 1;
  for (const [name, field] of walkOf(message).fields) bytes += field.bytes(valueOf(message, name));
  return bytes;
}

/** The oldest protocol whose speakers can read this message. */
export function spokenSince(message: Message): number {
  const { since, fields } = walkOf(message);
  return fields.reduce(
    (latest, [name, field]) => Math.max(latest, field.since?.(valueOf(message, name)) ?? 1),
    since,
  );
}

/** Writes the message at `offset` and returns the offset behind it. */
export function writeMessage(buffer: Buffer, offset: number, message: Message): number {
  const { tag, fields } = walkOf(message);
  let behind = buffer.writeUInt8(tag, offset);
  for (const [name, field] of fields) behind = field.write(buffer, behind, valueOf(message, name));
  return behind;
}

/**
 * Reads the message that the buffer holds. Its entries and commands are views of the buffer.
 * @throws MalformedMessageError when no correct node would have sent these bytes, and nothing else.
 */
export function readMessage(buffer: Buffer): Message {
  const reader = new Reader(buffer);
  const tag = reader.u8();
  const walk = walksByTag[tag];
  if (walk === undefined) throw new MalformedMessageError(`unknown message ${tag}`);
  const values: Record<string, unknown> = { type: walk.type };
  for (const [name, field] of walk.fields) values[name] = field.read(reader);
  const message = values as unknown as Message;
  check(message);
  return message;
}

function check(message: Message): void {
  if (message.type === 'append-request') checkEntries(message);
  if (message.type !== 'snapshot-request') return;
  const malformed = findMalformedSnapshot(message);
  if (malformed !== null) throw new MalformedMessageError(malformed);
}

function checkEntries(request: AppendRequest): void {
  const malformed = findMalformed(request);
  if (malformed !== null) throw new MalformedMessageError(malformed);
  for (const { type, data } of request.entries) {
    if (type === 'configuration') checkMemberIds(data);
  }
}

function walkOf(message: Message): Walk {
  const walk = walks.get(message.type);
  if (walk === undefined) throw new TypeError(`no layout for ${message.type}`);
  return walk;
}

function valueOf(message: Message, name: string): unknown {
  return (message as unknown as Readonly<Record<string, unknown>>)[name];
}

import {
  type ChangeRequest,
  decodeConfiguration,
  type Member,
  type MembershipChange,
} from '../core/configuration.js';
import {
  attributesOf,
  booleanOf,
  idOf,
  integerOf,
  type JsonObject,
  listOf,
  objectOf,
  parseJson,
  stringOf,
} from './json.js';
import { MalformedMessageError } from './malformed.js';

/** A single change, whatever the configuration is: protocol 1 knows nothing else. */
export function isPlain({ changes, expectedIndex }: ChangeRequest): boolean {
  return changes.length === 1 && expectedIndex === null;
}

/** A plain one stands there by itself. */
export function encodeChangeRequest(request: ChangeRequest): Buffer {
  return Buffer.from(JSON.stringify(isPlain(request) ? request.changes[0] : request));
}

/** @throws MalformedMessageError */
export function decodeChangeRequest(bytes: Uint8Array): ChangeRequest {
  const value = parseJson(bytes);
  if (value.changes === undefined) return { changes: [changeOf(value)], expectedIndex: null };
  const changes = listOf(value.changes, 'changes').map((one) => changeOf(objectOf(one, 'change')));
  const { expectedIndex } = value;
  return {
    changes,
    expectedIndex: expectedIndex === null ? null : integerOf(expectedIndex, 'expectedIndex'),
  };
}

function changeOf({ type, id, member }: JsonObject): MembershipChange {
  switch (type) {
    case 'add':
      return { type, member: newMemberOf(member) };
    case 'promote':
    case 'demote':
    case 'remove':
      return { type, id: idOf(id, 'id') };
    default:
      throw new MalformedMessageError('unknown change of the membership');
  }
}

/**
 * Ids stand in file names, URLs and log lines, so only plain ones get into a log.
 * @throws MalformedMessageError
 */
export function checkMemberIds(configuration: Uint8Array): void {
  const { members, outgoing } = decodeConfiguration(configuration);
  for (const { id, incarnation } of [...members, ...(outgoing ?? [])]) {
    idOf(id, 'member.id');
    idOf(incarnation, 'member.incarnation');
  }
}

function newMemberOf(value: unknown): Omit<Member, 'role'> {
  const member = objectOf(value, 'member');
  return {
    id: idOf(member.id, 'member.id'),
    address: stringOf(member.address, 'member.address'),
    incarnation: idOf(member.incarnation, 'member.incarnation'),
    promote: booleanOf(member.promote, 'member.promote'),
    attributes: attributesOf(member.attributes, 'member.attributes'),
  };
}

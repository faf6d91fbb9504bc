import { decodeConfiguration, type Member, type MembershipChange } from '../core/configuration.js';
import { attributesOf, booleanOf, idOf, objectOf, parseJson, stringOf } from './json.js';
import { MalformedMessageError } from './malformed.js';

export function encodeMembershipChange(change: MembershipChange): Buffer {
  return Buffer.from(JSON.stringify(change));
}

/** @throws MalformedMessageError */
export function decodeMembershipChange(bytes: Uint8Array): MembershipChange {
  const { type, id, member } = parseJson(bytes);
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
  for (const { id, incarnation } of decodeConfiguration(configuration).members) {
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

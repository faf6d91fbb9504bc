import type { Member, MembershipChange } from '../core/configuration.js';
import { attributesOf, booleanOf, idOf, listOf, objectOf, parseJson, stringOf } from './json.js';
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
 * Proves that the data of a configuration entry can be read, before the entry gets into a log.
 * @throws MalformedMessageError
 */
export function checkConfiguration(data: Uint8Array): void {
  const ids = listOf(parseJson(data).members, 'members').map((value) => {
    const member = objectOf(value, 'member');
    if (member.role !== 'voter' && member.role !== 'learner') {
      throw new MalformedMessageError('unknown role of a member');
    }
    return newMemberOf(member).id;
  });
  if (new Set(ids).size < ids.length) throw new MalformedMessageError('a member stands twice');
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

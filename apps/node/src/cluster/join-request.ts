import { nodeIdPattern } from '@quorate/contract';
import type { NewMember } from '@quorate/raft';
import { addressOf, isHost } from '../config/address.js';
import { badRequest, type Fields } from '../http/fields.js';

/**
 * The member that `/join?nodeId=n2&raftPort=9001[&host=][&learner=]` asks for.
 * @param ownHost the host of a peer on this machine.
 * @throws HttpError 400 that names the parameter.
 */
export function joinRequest(fields: Fields, ownHost: string): NewMember {
  const id = fields.required('nodeId');
  if (!nodeIdPattern.test(id)) {
    throw badRequest(`nodeId='${id}' is not 1 to 63 of A-Z a-z 0-9 . _ -`);
  }
  const port = fields.required('raftPort');
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    throw badRequest(`raftPort='${port}' is no port, 1 to 65535.`);
  }
  const host = fields.get('host') ?? ownHost;
  if (!isHost(host)) throw badRequest(`host='${host}' is no host name or IP address.`);
  const learner = fields.get('learner') ?? 'false';
  if (learner !== 'true' && learner !== 'false') {
    throw badRequest(`learner='${learner}' is neither true nor false.`);
  }
  return { id, learner: learner === 'true', address: addressOf(host, Number(port)) };
}

import { errorBody, HttpError } from '@quorate/http';
import type { LeaderHint, RaftError, RaftErrorCode, StorageError } from '@quorate/raft';
import type { Leader } from '@quorate/contract';

const statuses: Readonly<Record<RaftErrorCode, number>> = {
  'invalid-argument': 400,
  'unknown-member': 404,
  'address-in-use': 409,
  'already-bootstrapped': 409,
  'change-in-progress': 409,
  'cluster-mismatch': 409,
  'configuration-changed': 409,
  'last-voter': 409,
  'not-a-voter': 409,
  'peer-mismatch': 409,
  'session-expired': 409,
  'session-sequence': 409,
  'transfer-failed': 409,
  'not-leader': 421,
  'key-reused': 422,
  'peer-unreachable': 422,
  overloaded: 429,
  aborted: 503,
  'leadership-lost': 503,
  'no-leader': 503,
  'not-bootstrapped': 503,
  'older-member': 503,
  removed: 503,
  stopped: 503,
  stale: 503,
  'storage-fault': 503,
  'transfer-in-progress': 503,
  deadline: 504,
};

/** What a client is told of a failed call on the cluster. */
export function raftHttpError(error: RaftError): HttpError {
  const { code, message, outcome, retryable, leader } = error;
  const body = errorBody(code, message, { outcome, retryable, leader: leaderOf(leader) });
  return new HttpError(statuses[code], body, { cause: error });
}

/** What a client is told of a failed call on this node's own disk. */
export function storageHttpError(error: StorageError): HttpError {
  const body = errorBody('storage-fault', error.message, { retryable: true });
  return new HttpError(statuses['storage-fault'], body, { cause: error });
}

/** A member tells its HTTP address by the attribute `http`. */
export function urlOf(attributes: Readonly<Record<string, string>>): string | null {
  return attributes.http ?? null;
}

export function leaderOf(hint: LeaderHint | null): Leader | null {
  return hint === null ? null : { id: hint.id, address: hint.address, url: urlOf(hint.attributes) };
}

import { RaftError } from '../errors.js';

export function notAnAddress(address: string): RaftError {
  return failure('invalid-argument', `"${address}" is no address: host:port is wanted`);
}

export function notListening(): RaftError {
  return failure('invalid-argument', 'the transport does not listen yet: call listen first');
}

export function alreadyListening(): RaftError {
  return failure('invalid-argument', 'the transport listens already: each node needs its own');
}

export function transportClosed(): RaftError {
  return failure('stopped', 'the transport is closed');
}

/** @param where the address, and why: `host:port: reason` */
export function unreachable(where: string): RaftError {
  return new RaftError('peer-unreachable', `no node can be reached at ${where}`, {
    outcome: 'not-applied',
    retryable: true,
  });
}

/** @param where the address, and why: `host:port: reason` */
export function noNode(where: string): RaftError {
  return failure('peer-mismatch', `what answers there is no Raft node of this kind: ${where}`);
}

export function refusedBy(address: string, reason: string): RaftError {
  return failure('peer-mismatch', `the node at ${address} refuses: ${reason}`);
}

export function failure(
  code: 'invalid-argument' | 'stopped' | 'peer-mismatch',
  message: string,
  cause?: unknown,
): RaftError {
  return new RaftError(code, message, { outcome: 'not-applied', retryable: false, cause });
}

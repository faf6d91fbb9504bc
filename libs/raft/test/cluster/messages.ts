import { encodeConfiguration, type Member } from '../../src/core/configuration.js';
import type { Entry, LogIndex, Term } from '../../src/core/entry.js';
import type {
  AppendRequest,
  AppendResponse,
  Heartbeat,
  HeartbeatResponse,
  SnapshotRequest,
  SnapshotResponse,
  TimeoutNow,
  VoteRequest,
  VoteResponse,
} from '../../src/core/message.js';
import type { SnapshotInfo } from '../../src/core/snapshot.js';
import { member } from './server.js';

/** Messages of a peer that the test plays itself; every field that matters is named by the test. */

export function voteRequest(fields: Partial<VoteRequest> & { term: Term }): VoteRequest {
  return {
    type: 'vote-request',
    preVote: false,
    transfer: false,
    lastIndex: 1,
    lastTerm: 1,
    ...fields,
  };
}

export function voteResponse(fields: Partial<VoteResponse> & { term: Term }): VoteResponse {
  return {
    type: 'vote-response',
    preVote: false,
    refusal: null,
    configurationIndex: 0,
    ...fields,
  };
}

export function appendRequest(fields: Partial<AppendRequest> & { term: Term }): AppendRequest {
  return {
    type: 'append-request',
    session: 1,
    prevIndex: 1,
    prevTerm: 1,
    entries: [],
    commit: 0,
    ...fields,
  };
}

export function appendResponse(fields: Partial<AppendResponse> & { term: Term }): AppendResponse {
  return {
    type: 'append-response',
    session: 1,
    match: null,
    rejectedIndex: 0,
    conflictIndex: 0,
    conflictTerm: 0,
    ...fields,
  };
}

export function heartbeat(fields: Partial<Heartbeat> & { term: Term }): Heartbeat {
  return {
    type: 'heartbeat',
    session: 1,
    commit: 0,
    readPosition: 0,
    sentAt: 0,
    echo: 0,
    known: 0,
    quorumAgeMs: 0,
    ...fields,
  };
}

export function heartbeatResponse(
  fields: Partial<HeartbeatResponse> & { term: Term },
): HeartbeatResponse {
  return {
    type: 'heartbeat-response',
    session: 1,
    readPosition: 0,
    sentAt: 0,
    holdMs: 0,
    clock: 0,
    ...fields,
  };
}

/** The snapshot of a leader that has applied the commands `a` and `b`, at index 3. */
export function snapshotRequest(fields: Partial<SnapshotRequest> & { term: Term }) {
  const data = Buffer.from('["a","b"]');
  const members = ['S1', 'S2', 'S3'].map((id) => member(id));
  const snapshot: SnapshotInfo = {
    index: 3,
    term: 1,
    configuration: { index: 1, members, outgoing: null },
    id: 'S2-3',
    bytes: data.length,
  };
  return { type: 'snapshot-request', session: 1, snapshot, offset: 0, data, ...fields } as const;
}

export function snapshotResponse(
  fields: Partial<SnapshotResponse> & { term: Term },
): SnapshotResponse {
  return { type: 'snapshot-response', session: 1, index: 3, received: 0, done: false, ...fields };
}

export function timeoutNow(fields: Partial<TimeoutNow> & { term: Term }): TimeoutNow {
  return { type: 'timeout-now', lastIndex: 1, ...fields };
}

export function command(index: LogIndex, term: Term, text = `${index}`): Entry {
  return { index, term, type: 'command', data: Buffer.from(text) };
}

export function configuration(index: LogIndex, term: Term, members: readonly Member[]): Entry {
  return {
    index,
    term,
    type: 'configuration',
    data: encodeConfiguration({ members, outgoing: null }),
  };
}

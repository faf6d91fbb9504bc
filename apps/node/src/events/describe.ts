import type { RaftEvent } from '@quorate/raft';
import type { LogLevel } from '../config/values.js';
import { describeFault } from './describe-fault.js';
import { describeMembers } from './describe-members.js';
import { seconds } from './seconds.js';

/** An event without its place in the stream. */
type Unplaced<E> = E extends unknown ? Omit<E, 'seq' | 'at' | 'time'> : never;
export type Told = Unplaced<RaftEvent>;

/** An event in words. */
export interface Description {
  readonly level: LogLevel;
  /** A sentence that stands by itself. */
  readonly text: string;
}

/** Tells an event in the words of Raft. The log and the event feed of the page say the same. */
export function describe(event: Told): Description {
  switch (event.type) {
    case 'started':
      return info(`started with a log up to index ${event.lastIndex}, term ${event.term}`);
    case 'adopted':
      return info(`adopted by cluster ${event.clusterId}`);
    case 'adoption-failed':
      return error(
        `cannot store the cluster ${event.clusterId} that asks for this node: ${event.error}`,
      );
    case 'role-changed':
      return info(`entering ${event.role} state, term ${event.term}`);
    case 'leader-changed':
      return event.leader === null
        ? info(`no leader known, term ${event.term}`)
        : info(`${event.leader} leads, term ${event.term}`);
    case 'election-timeout':
      return describeTimeout(event);
    case 'election-started':
      return info(
        `${event.preVote ? 'asking for pre-votes' : 'asking for votes'}, term ${event.term}, votes needed ${event.votesNeeded}`,
      );
    case 'vote-received':
      return describeVoteReceived(event);
    case 'vote-cast':
      return describeVoteCast(event);
    case 'election-won':
      return info(`election won, term ${event.term}, tally ${event.tally}`);
    case 'stepped-down':
      return warn(`stepping down, term ${event.term}: ${stepDownReasons[event.reason]}`);
    case 'configuration-changed':
      return describeConfiguration(event);
    case 'removed':
      return warn(
        `removed from the cluster by configuration ${event.index}: standing quiet until added again`,
      );
    case 'replication-started':
      return info(`added peer ${event.peer}, starting replication, next ${event.next}`);
    case 'replication-stopped':
      return info(`removed peer ${event.peer}, stopping replication`);
    case 'append-rejected':
      return warn(`append rejected by ${event.peer}, sending older entries, next ${event.next}`);
    case 'progress-changed':
      return event.state === 'replicate'
        ? info(`pipelining replication to ${event.peer}, next ${event.next}`)
        : info(`probing ${event.peer}, next ${event.next}`);
    case 'log-truncated':
      return warn(
        `dropping entries ${event.from} to ${event.to}, never committed: they conflict with the leader of term ${event.term}`,
      );
    case 'log-compacted':
      return info(`letting go of the log up to index ${event.upTo}: a snapshot stands for it`);
    case 'snapshot-sending':
      return info(
        `sending ${event.peer} the snapshot at index ${event.index} (${event.bytes} bytes): it needs entries that the log holds no more`,
      );
    case 'snapshot-sent':
      return info(`${event.peer} has everything up to index ${event.index} by a snapshot`);
    case 'snapshot-receiving':
      return info(
        `receiving the snapshot at index ${event.index} from ${event.peer} (${event.bytes} bytes)`,
      );
    case 'snapshot-installed':
      return info(`snapshot installed, index ${event.index}, term ${event.term}`);
    case 'snapshot-restored':
      return info(`the state is that of the snapshot at index ${event.index}`);
    case 'snapshot-taken':
      return info(
        `snapshot taken at index ${event.index}, ${event.bytes} bytes in ${Math.round(event.durationMs)} ms`,
      );
    case 'snapshot-failed':
      return error(`${snapshotAttempts[event.attempt]}, and will try again: ${event.error}`);
    case 'transfer-started':
      return info(`handing leadership over to ${event.to}`);
    case 'transfer-ended':
      return event.succeeded
        ? info(`leadership handed over to ${event.to}`)
        : warn(`leadership was not handed over to ${event.to} in time`);
    case 'identity-mismatch':
      return warn(
        `ignoring ${event.peer}: it came back with another volume, and must be joined again`,
      );
    case 'storage-fault':
      return event.fault === null
        ? info('the disk takes writes again')
        : error(`${storageFaults[event.fault]}: no write is taken until it recovers`);
    case 'bad-message':
      return warn(`ignoring a wrong message of ${event.peer}: ${event.reason}`);
    case 'torn-write-cut':
      return warn(
        `the last write was torn by a crash and never acknowledged: cut ${event.bytes} bytes from ${event.file} at offset ${event.offset}`,
      );
    case 'peer-connected':
      return info(`connected to ${event.peer}`);
    case 'peer-disconnected':
      return info(`no connection to ${event.peer}${because(event.error)}`);
    case 'peer-lost':
      return info(`${event.peer} closed its connection: ${event.reason}`);
    case 'connection-refused':
      return warn(`turning ${event.remote} away: ${event.reason}`);
    case 'write-failed':
      return error(`a disk write failed, and will be tried again: ${event.error}`);
    case 'disk-stalled':
      return error(`a disk write has been under way for ${Math.round(event.ms)} ms`);
    case 'disk-recovered':
      return warn(`the disk write that had stalled ended after ${Math.round(event.ms)} ms`);
    case 'outbox-full':
      return warn(`dropping the oldest of ${event.held} messages that wait for the disk`);
    case 'session-opened':
      return info(`session ${event.session} opened, ${event.open} open`);
    case 'session-closed':
      return info(`session ${event.session} closed, ${event.open} open`);
    case 'sessions-expired':
      return info(`sessions expired: ${event.expired}, ${event.open} open`);
    case 'reconfigured':
      return info(`settings changed: ${describeSettings(event)}`);
    case 'tap-failed':
      return error(`the trace of this node has ended by a fault of its own: ${event.error}`);
    case 'fault-injected':
    case 'fault-healed':
      return warn(describeFault(event));
    case 'autopilot-removed':
      return warn(`removed ${event.peer}, which had been silent for ${seconds(event.silentMs)}`);
    case 'autopilot-would-remove':
      return warn(`would remove ${event.peer}, silent for ${seconds(event.silentMs)}`);
    case 'autopilot-failed':
      return warn(`could not remove ${event.peer}, which is dead: ${event.error}`);
    case 'stopping':
      return info('leaving the cluster for now');
    case 'failed':
      return error(`stopped by a failure: ${event.error}`);
  }
}

type Of<T extends Told['type']> = Extract<Told, { type: T }>;

function describeTimeout({ cause, lastLeader, term }: Of<'election-timeout'>): Description {
  const leader = `last leader ${lastLeader ?? 'none'}, term ${term}`;
  switch (cause) {
    case 'timeout':
      return warn(`heartbeat timeout reached, starting election, ${leader}`);
    case 'disconnected':
      return warn(`the leader's connection closed, starting election, ${leader}`);
    case 'transfer':
      return info(`asked to take over, starting election, ${leader}`);
    case 'asked':
      return info(`asked for an election, starting one, ${leader}`);
  }
}

function describeVoteReceived(event: Of<'vote-received'>): Description {
  const vote = event.preVote ? 'pre-vote' : 'vote';
  const standing = `from ${event.from}, term ${event.term}, tally ${event.tally} of ${event.votesNeeded}`;
  return event.refusal === null
    ? info(`${vote} granted ${standing}`)
    : info(`${vote} refused ${standing}: ${voteRefusals[event.refusal]}`);
}

function describeVoteCast(event: Of<'vote-cast'>): Description {
  const vote = `${event.preVote ? 'pre-vote' : 'vote'} to ${event.candidate}, term ${event.term}`;
  return event.refusal === null
    ? info(`granting ${vote}`)
    : info(`refusing ${vote}: ${voteRefusals[event.refusal]}`);
}

function describeConfiguration(event: Of<'configuration-changed'>): Description {
  const { index } = event.configuration;
  const list = describeMembers(event.configuration);
  return event.committed
    ? info(`configuration committed, index ${index}: ${list}`)
    : info(`updating configuration, index ${index}: ${list}`);
}

/** `timing.heartbeatMs 50, limits.maxInflight 4` */
function describeSettings({ timing, limits }: Of<'reconfigured'>): string {
  return Object.entries({ timing, limits })
    .flatMap(([group, changed]) =>
      Object.entries(changed).map(([name, value]) => `${group}.${name} ${String(value)}`),
    )
    .join(', ');
}

const storageFaults: Readonly<Record<NonNullable<Of<'storage-fault'>['fault']>, string>> = {
  full: 'the disk is full',
  failed: 'the disk refuses writes',
  stalled: 'the disk does not answer',
};

const stepDownReasons: Readonly<Record<Of<'stepped-down'>['reason'], string>> = {
  'higher-term': 'another node reached a higher term',
  'lost-quorum': 'a quorum of the voters has not answered',
  removed: 'removed from the configuration',
  'storage-fault': 'the disk takes no writes',
  transferred: 'leadership was handed over',
};

const snapshotAttempts: Readonly<Record<Of<'snapshot-failed'>['attempt'], string>> = {
  take: 'cannot take a snapshot',
  send: 'cannot read a snapshot for a follower',
  receive: 'cannot keep a snapshot of the leader',
  restore: 'cannot read the snapshot whose state this node needs',
  compact: 'cannot let go of old log entries',
};

const voteRefusals: Readonly<Record<NonNullable<Of<'vote-cast'>['refusal']>, string>> = {
  'stale-term': 'the term is over',
  'already-voted': 'the vote of this term is given',
  'log-behind': "the candidate's log is behind",
  'leader-alive': 'a leader is alive',
  blank: 'a blank node does not vote',
  'not-a-member': 'it has been removed from the cluster',
};

function info(text: string): Description {
  return { level: 'info', text };
}

function warn(text: string): Description {
  return { level: 'warn', text };
}

function error(text: string): Description {
  return { level: 'error', text };
}

function because(cause: string | null): string {
  return cause === null ? '' : `: ${cause}`;
}

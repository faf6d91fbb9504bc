import type { StorageFault } from '../../core/disk-progress.js';
import type { LogIndex, NodeId } from '../../core/entry.js';
import type { Refusal } from '../../core/message.js';
import { type LeaderHint, type Outcome, RaftError, type RaftErrorCode } from '../../errors.js';
import type { SessionRefusal } from '../sessions/applied.js';
import { messageOf } from '../message-of.js';

/** As much of a call as its failure speaks of. */
interface Ending {
  readonly timeoutMs: number;
  readonly outcome: Outcome;
}

/** The errors of this node's calls, each with what happened, what is sure about it, and what to do. */
export class Failures {
  constructor(
    private readonly id: NodeId,
    private readonly leader: () => LeaderHint | null,
    private readonly storageFault: () => StorageFault | null,
    private readonly configurationIndex: () => LogIndex,
  ) {}

  /** Nothing of a refused request has happened or will happen, unless by an earlier try. */
  refused(cause: Refusal, outcome: Outcome = 'not-applied'): RaftError {
    // A node that cannot write cannot lead: without another leader, that is what is wrong.
    const refusal = cause === 'no-leader' && this.storageFault() !== null ? 'storage-fault' : cause;
    const [code, retryable] = refusalCodes[refusal];
    const message = `${this.explain(refusal)} ${ofTries(outcome)}`;
    return this.error(code, outcome, retryable, message);
  }

  /** The entry is committed, and the sessions did not let it through (thesis §6.3). */
  refusedBySessions(refusal: SessionRefusal, inDoubt: boolean): RaftError {
    // The earlier try may even stand behind this one in the log, and do better.
    const outcome = inDoubt ? 'unknown' : 'not-applied';
    const [code, explanation] = sessionRefusals[refusal];
    const message = `${explanation} ${ofTries(outcome)}`;
    return this.error(code, outcome, refusal === 'overloaded', message);
  }

  deadline({ timeoutMs, outcome }: Ending): RaftError {
    const message = `${this.id} had no answer within ${timeoutMs} ms: ${inWords(outcome)}`;
    return this.error('deadline', outcome, true, message);
  }

  /** @param ageMs how old this node's state is at most; Infinity where that is not known */
  stale({ timeoutMs }: Ending, maxStaleMs: number, ageMs: number): RaftError {
    const age =
      ageMs === Infinity
        ? 'has never heard how far the cluster is'
        : `may be ${Math.ceil(ageMs)} ms behind the cluster`;
    const message = `${this.id} ${age}, and had no word to bring that to ${maxStaleMs} ms within ${timeoutMs} ms. Ask for a later state, or ask another node.`;
    return this.error('stale', 'not-applied', true, message);
  }

  /** A read waited for an entry that was not applied here in time. */
  behind({ timeoutMs }: Ending, minIndex: LogIndex, appliedIndex: LogIndex): RaftError {
    const message = `${this.id} has applied the log up to ${appliedIndex} and not up to ${minIndex} within ${timeoutMs} ms. Try again.`;
    return this.error('deadline', 'not-applied', true, message);
  }

  aborted({ outcome }: Ending, reason: unknown): RaftError {
    const message = `the caller gave up: ${inWords(outcome)}`;
    return this.error('aborted', outcome, false, message, reason);
  }

  /** The node cannot go on. */
  fatal(what: string, cause: unknown): RaftError {
    const message = `${this.id} has stopped, because ${what} threw: ${messageOf(cause)}`;
    return this.error('stopped', 'unknown', false, message, cause);
  }

  stopped({ outcome }: Pick<Ending, 'outcome'>, cause?: unknown): RaftError {
    const message = `${this.id} is stopped: ${inWords(outcome)}`;
    return this.error('stopped', outcome, false, message, cause);
  }

  /** Exactly known: another leader's entry stands where this command stood. */
  leadershipLost(): RaftError {
    const message =
      'the leader was replaced before it had committed the request, and another entry stands in ' +
      'its place. Nothing was changed; send it again.';
    return this.error('leadership-lost', 'not-applied', true, message);
  }

  /** The connection that would have brought the leader's answer is gone. */
  leaderGone(leader: NodeId): RaftError {
    const message = `the connection to the leader ${leader} broke before it answered: ${inWords('unknown')}`;
    return this.error('leadership-lost', 'unknown', true, message);
  }

  /** The leader told where the command stands only long after it was applied there. */
  resultGone(): RaftError {
    const message = `the leader's answer came so late that the result was no longer kept: ${inWords('unknown')}`;
    return this.error('deadline', 'unknown', true, message);
  }

  /** This node fell so far behind that it got the state in place of the entry. */
  coveredBySnapshot(): RaftError {
    const message = `${this.id} got a snapshot in place of the entry where the request stood: ${inWords('unknown')}`;
    return this.error('leadership-lost', 'unknown', true, message);
  }

  /** What a member cannot read would leave it behind. */
  olderMember(id: NodeId, what: string): RaftError {
    const message = `the member ${id} speaks an older protocol, which knows no ${what}: update it first. Nothing was changed.`;
    return this.error('older-member', 'not-applied', true, message);
  }

  tooManyWaiting(limit: string): RaftError {
    const message = `${this.id} holds as many open requests as it may (${limit}). Nothing was changed; try again later.`;
    return this.error('overloaded', 'not-applied', true, message);
  }

  private explain(refusal: Refusal): string {
    const leader = this.leader();
    const elsewhere =
      leader === null ? 'no leader is known at the moment' : `the leader is ${leader.id}`;
    switch (refusal) {
      case 'not-leader':
        return `${this.id} is not a leader: ${elsewhere}. Send the request there, or let this node forward it.`;
      case 'no-leader':
        return leader === null
          ? `${this.id} knows no leader: an election is under way, or most voters cannot be reached. Try again.`
          : `${this.id} has no connection to the leader ${leader.id}. Try again.`;
      case 'leader-not-ready':
        return `the leader has not committed an entry of its own term yet. Try again.`;
      case 'leadership-lost':
        return `the leader lost its leadership. Try again.`;
      case 'not-bootstrapped':
        return (
          `${this.id} belongs to no cluster yet: bootstrap it as the first member of a new one, ` +
          `or add it at a member of an existing one.`
        );
      case 'already-bootstrapped':
        return `${this.id} belongs to a cluster already and cannot found another.`;
      case 'transfer-in-progress':
        return `the leader is handing over to another. Try again.`;
      case 'transfer-target-unfit':
        return `leadership cannot go there: only another voter that has caught up and answers can take it.`;
      case 'transfer-timed-out':
        return `the voter that was to take over did not win an election in time; ${elsewhere}.`;
      case 'change-in-progress':
        return `an earlier change of the membership is not committed yet. Try again.`;
      case 'configuration-changed':
        return `the membership is not the one that this change was made for: ${this.id} knows configuration ${this.configurationIndex()}. Look at its members again.`;
      case 'not-a-voter':
        return `${this.id} is a learner, and only voters stand for election: promote it first.`;
      case 'unknown-member':
        return `the cluster has no member of this name.`;
      case 'last-voter':
        return `the cluster would be left without a voter.`;
      case 'id-in-use':
        return `the leader itself has this id, and it lives: the other node needs an id of its own.`;
      case 'address-in-use':
        return `another member has this address: give each its own, or remove the other in the same change.`;
      case 'removed':
        return `${this.id} has been removed from the cluster. Ask a member, or let a member add this node again.`;
      case 'overloaded':
        return `the cluster holds as many uncommitted writes and waiting requests as it may. Try again later.`;
      case 'storage-fault':
        return `the disk of ${this.id} ${storageFaults[this.storageFault() ?? 'failed']}`;
    }
  }

  private error(
    code: RaftErrorCode,
    outcome: Outcome,
    retryable: boolean,
    message: string,
    cause?: unknown,
  ): RaftError {
    return new RaftError(code, message, { outcome, retryable, leader: this.leader(), cause });
  }
}

function inWords(outcome: Outcome): string {
  return outcome === 'unknown'
    ? 'the request may have happened, or may still; look before you send it again.'
    : 'nothing was changed.';
}

function ofTries(outcome: Outcome): string {
  return outcome === 'unknown'
    ? 'An earlier try of the request may have happened, or may still.'
    : 'Nothing was changed.';
}

const sessionRefusals: Readonly<
  Record<SessionRefusal, readonly [code: RaftErrorCode, explanation: string]>
> = {
  'session-expired': [
    'session-expired',
    'there is no such session: it was idle for longer than its ttl, or closed. Open another.',
  ],
  'session-sequence': [
    'session-sequence',
    'the session is past this sequence number, or has used it for another command.',
  ],
  'key-reused': ['key-reused', 'the idempotency key was used for another command.'],
  overloaded: [
    'overloaded',
    'the cluster holds as many sessions, or results for this one, as it may. Try again later.',
  ],
  malformed: ['invalid-argument', 'the entry is none that sessions know.'],
};

const storageFaults: Readonly<Record<StorageFault, string>> = {
  full: 'is full. Free some space: no restart is needed.',
  failed: "fails to write. Look at the node's log.",
  stalled: 'does not answer: a write is on its way for too long. Try again, or try another node.',
};

const refusalCodes: Readonly<Record<Refusal, readonly [code: RaftErrorCode, retryable: boolean]>> =
  {
    'not-leader': ['not-leader', true],
    'no-leader': ['no-leader', true],
    'leader-not-ready': ['no-leader', true],
    'leadership-lost': ['leadership-lost', true],
    'not-bootstrapped': ['not-bootstrapped', false],
    'already-bootstrapped': ['already-bootstrapped', false],
    'transfer-in-progress': ['transfer-in-progress', true],
    'transfer-target-unfit': ['transfer-failed', false],
    'transfer-timed-out': ['transfer-failed', true],
    'change-in-progress': ['change-in-progress', true],
    'configuration-changed': ['configuration-changed', false],
    'not-a-voter': ['not-a-voter', false],
    'unknown-member': ['unknown-member', false],
    'last-voter': ['last-voter', false],
    'id-in-use': ['peer-mismatch', false],
    'address-in-use': ['address-in-use', false],
    removed: ['removed', false],
    overloaded: ['overloaded', true],
    'storage-fault': ['storage-fault', true],
  };

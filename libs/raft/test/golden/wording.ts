import type { Member, PlacedConfiguration } from '../../src/core/configuration.js';
import type { Answer, LogWrite } from '../../src/core/effects.js';
import type { Entry } from '../../src/core/entry.js';
import type { CoreEvent } from '../../src/core/event.js';
import type { Heartbeat, HeartbeatResponse, Message } from '../../src/core/message.js';
import type { CoreStatus } from '../../src/core/status.js';

/** The scripts' own words: short, and after the paper. */

export function describeMessage(message: Message): string {
  switch (message.type) {
    case 'vote-request': {
      const { term, preVote, transfer, lastIndex, lastTerm } = message;
      const what = preVote ? 'would you vote for me' : transfer ? 'vote for me now' : 'vote for me';
      return `${what} in term ${term}? my log ends with ${place(lastIndex, lastTerm)}`;
    }
    case 'vote-response': {
      const { term, preVote, refusal } = message;
      if (refusal !== null) return `no: ${refusal} (term ${term})`;
      return preVote ? `I would, in term ${term}` : `you have my vote in term ${term}`;
    }
    case 'append-request': {
      const { term, prevIndex, prevTerm, entries, commit } = message;
      const what = entries.length === 0 ? 'nothing new' : entries.map(describeEntry).join(', ');
      return `after ${place(prevIndex, prevTerm)}: ${what}; commit ${commit} (term ${term})`;
    }
    case 'append-response': {
      const { term, match, rejectedIndex, conflictIndex, conflictTerm } = message;
      if (match !== null) return `I hold your log up to ${match}`;
      const agree = place(conflictIndex, conflictTerm);
      return `refused behind ${rejectedIndex}; we may agree at ${agree} (term ${term})`;
    }
    case 'heartbeat':
      return `I lead: commit ${message.commit}${describeRead(message)} (term ${message.term})`;
    case 'heartbeat-response':
      return `you do${describeRead(message)} (term ${message.term})`;
    case 'snapshot-request': {
      const { snapshot, offset, data } = message;
      const piece = `bytes ${offset} to ${offset + data.length} of ${snapshot.bytes}`;
      return `snapshot ${place(snapshot.index, snapshot.term)}, ${piece} (term ${message.term})`;
    }
    case 'snapshot-response': {
      const { index, received, done, term } = message;
      if (done) return `I hold everything up to ${index}`;
      return `I hold ${received} bytes of snapshot ${index} (term ${term})`;
    }
    case 'timeout-now':
      return `stand now (term ${message.term})`;
    case 'propose-request':
      return `please append ${message.commands.map(({ data }) => text(data)).join(', ')}`;
    case 'read-request':
      return 'from which index may I read?';
    case 'membership-request':
      return `please ${message.change.changes.map(({ type }) => type).join(', ')}`;
    case 'propose-response':
    case 'membership-response': {
      const { refusal, index, entryTerm } = message;
      return refusal === null ? `it is ${place(index, entryTerm)}` : `no: ${refusal}`;
    }
    case 'read-response':
      return message.refusal === null ? `read from ${message.index}` : `no: ${message.refusal}`;
  }
}

export function describeEvent(event: CoreEvent): string {
  switch (event.type) {
    case 'role-changed':
      return `is ${event.role} in term ${event.term}`;
    case 'leader-changed':
      return event.leader === null ? 'knows no leader' : `follows ${event.leader}`;
    case 'election-timeout':
      return {
        timeout: 'has heard no leader in time',
        disconnected: 'has lost its connection to the leader',
        transfer: 'stands because its leader wants it',
        asked: 'stands because somebody wants it',
      }[event.cause];
    case 'election-started': {
      const { preVote, term, votesNeeded } = event;
      const what = preVote ? 'asks whether it could win' : 'stands in';
      return `${what} term ${term}, votes needed: ${votesNeeded}`;
    }
    case 'vote-received': {
      const { from, refusal, tally, votesNeeded } = event;
      return refusal === null
        ? `counts ${from}: ${tally} of ${votesNeeded}`
        : `does not get ${from}: ${refusal}`;
    }
    case 'vote-cast': {
      const { candidate, preVote, refusal } = event;
      if (refusal !== null) return `refuses ${candidate}: ${refusal}`;
      return preVote ? `would vote for ${candidate}` : `votes for ${candidate}`;
    }
    case 'election-won':
      return `wins term ${event.term}`;
    case 'stepped-down':
      return `steps down: ${event.reason}`;
    case 'configuration-changed':
      return `${event.committed ? 'has committed' : 'uses'} ${describeMembers(event.configuration)}`;
    case 'removed':
      return `has been removed by configuration ${event.index}, and falls quiet`;
    case 'replication-started':
      return `replicates to ${event.peer} from entry ${event.next}`;
    case 'replication-stopped':
      return `replicates no more to ${event.peer}`;
    case 'append-rejected':
      return `goes back to entry ${event.next} for ${event.peer}`;
    case 'progress-changed':
      return `${event.state === 'probe' ? 'probes' : 'pipelines to'} ${event.peer} from entry ${event.next}`;
    case 'log-compacted':
      return `lets go of its log up to entry ${event.upTo}`;
    case 'snapshot-sending':
      return `sends snapshot ${event.index} to ${event.peer}: its log does not go back so far`;
    case 'snapshot-sent':
      return `has brought ${event.peer} to entry ${event.index} by a snapshot`;
    case 'snapshot-receiving':
      return `gets snapshot ${event.index} from ${event.peer}`;
    case 'snapshot-installed':
      return `takes over snapshot ${place(event.index, event.term)}`;
    case 'log-truncated':
      return `cuts off entries ${event.from} to ${event.to}`;
    case 'transfer-started':
      return `hands over to ${event.to}, and takes no more proposals`;
    case 'transfer-ended':
      return `${event.succeeded ? 'has handed over' : 'could not hand over'} to ${event.to}`;
    case 'identity-mismatch':
      return `does not count ${event.peer}: its volume is ${event.incarnation}, which nobody added`;
    case 'storage-fault':
      return event.fault === null ? 'can write again' : `cannot write to its disk: ${event.fault}`;
    case 'bad-message':
      return `ignores ${event.peer}, which ${event.reason}`;
  }
}

export function describeAnswer(answer: Answer): string {
  switch (answer.type) {
    case 'appended':
      return `it is ${place(answer.index, answer.term)}`;
    case 'readable':
      return `read from ${answer.index}`;
    case 'done':
      return 'done';
    case 'refused':
      return `refused, ${answer.refusal}`;
  }
}

export function describeWrite({ hardState, base, entries }: LogWrite): string {
  const parts = entries.map(describeEntry);
  if (base !== null) parts.unshift(`a log that begins behind ${place(base.index, base.term)}`);
  if (hardState !== null) {
    const { term, votedFor } = hardState;
    parts.unshift(`term ${term}, ${votedFor === null ? 'no vote' : `vote ${votedFor}`}`);
  }
  return parts.join(', ');
}

export function describeCommitted(entries: readonly Entry[]): string {
  return `commits ${entries.map(({ index }) => index).join(', ')}`;
}

/**
 * One line of the table that `show` prints; a bar stands where the committed entries end, and in
 * front how many a snapshot stands for.
 */
export function describeStatus(status: CoreStatus, log: readonly number[]): string {
  const { role, term, commitIndex, lastIndex } = status;
  const base = lastIndex - log.length;
  const committed = log.slice(0, commitIndex - base).map(String);
  if (base > 0) committed.unshift(`[1 to ${base}]`);
  const terms = `${committed.join(' ')} | ${log.slice(commitIndex - base).join(' ')}`;
  return `${role.padEnd(13)} term ${term}   log ${terms.trim()}`;
}

function describeEntry(entry: Entry): string {
  const { index, term, type, data } = entry;
  const what = type === 'command' ? (data.length === 0 ? '' : ` ${text(data)}`) : ` (${type})`;
  return `${place(index, term)}${what}`;
}

function describeMembers({ index, members, outgoing }: PlacedConfiguration): string {
  const from = outgoing === null ? '' : `${names(outgoing)} → `;
  return `configuration ${index}: ${from}${names(members)}`;
}

function names(members: readonly Member[]): string {
  return members.map(({ id, role }) => (role === 'voter' ? id : `${id} (learner)`)).join(' ');
}

function describeRead({ readPosition }: Heartbeat | HeartbeatResponse): string {
  return readPosition === 0 ? '' : `, reads up to ${readPosition}`;
}

/** An entry by index and term, as figure 6 of the paper names it. */
function place(index: number, term: number): string {
  return `${index}@${term}`;
}

function text(data: Uint8Array): string {
  return `'${Buffer.from(data).toString()}'`;
}

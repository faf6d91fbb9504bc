import type { ChangeRequest, Member } from '../core/configuration.js';
import type { Effects } from '../core/effects.js';
import type { Entry } from '../core/entry.js';
import type { Input } from '../core/input.js';
import type { Message } from '../core/message.js';
import type { RaftCore } from '../core/raft-core.js';

/** One step of a core in a line: what came, where it stands now, and what it does. */
export function describeStep(core: RaftCore, input: Input, effects: Effects): () => string {
  const { role, term, commitIndex, lastIndex } = core;
  return () => {
    const state = `${role} in term ${term}, log ${lastIndex}, commit ${commitIndex}`;
    return [describeInput(input), state, ...describeEffects(effects)].join(' · ');
  };
}

function describeInput(input: Input): string {
  switch (input.type) {
    case 'message':
      return `from ${input.from} (${input.incarnation}): ${describeMessage(input.message)}`;
    case 'peer-disconnected':
      return `connection from ${input.peer} closed`;
    case 'persisted':
    case 'persist-failed':
      return `${input.type} ${input.write}`;
    case 'propose':
      return `propose #${input.id}: ${input.commands.length} commands`;
    case 'change-membership':
      return `change #${input.id}: ${describeChange(input.change)}`;
    case 'transfer-leadership':
      return `transfer #${input.id} to ${input.to ?? 'the best'}`;
    case 'snapshot-taken':
      return `snapshot ${input.snapshot.index} is taken`;
    case 'snapshot-read':
      return `snapshot ${input.snapshot.index} at ${input.offset} for ${input.to}: ${input.data?.length ?? 'no'} bytes`;
    case 'snapshot-stored':
      return `snapshot ${input.snapshot.index}: ${input.received} bytes kept`;
    case 'read':
    case 'bootstrap':
    case 'campaign':
      return `${input.type} #${input.id}`;
    case 'tick':
    case 'disk-stalled':
    case 'reconfigure':
      return input.type;
  }
}

function describeMessage(message: Message): string {
  switch (message.type) {
    case 'append-request': {
      const { term, session, prevIndex, prevTerm, entries, commit } = message;
      const after = `after ${prevIndex}@${prevTerm}: ${describeEntries(entries)}`;
      return `append-request, term ${term}, ${after}, commit ${commit}, session ${session}`;
    }
    case 'append-response': {
      const { term, session, match, rejectedIndex, conflictIndex, conflictTerm } = message;
      const outcome =
        match === null
          ? `refused after ${rejectedIndex}, may agree at ${conflictIndex}@${conflictTerm}`
          : `match ${match}`;
      return `append-response, term ${term}, ${outcome}, session ${session}`;
    }
    case 'snapshot-request': {
      const { term, session, snapshot, offset, data } = message;
      const piece = `${data.length} of ${snapshot.bytes} bytes at ${offset}`;
      return `snapshot-request, term ${term}, ${snapshot.index}@${snapshot.term}: ${piece}, session ${session}`;
    }
    case 'propose-request':
      return `propose-request #${message.id}, term ${message.term}, ${message.commands.length} commands`;
    case 'membership-request':
      return `membership-request #${message.id}, term ${message.term}, ${describeChange(message.change)}`;
    default: {
      const { type, ...fields } = message;
      const values = Object.entries(fields).map(([name, value]) => `${name} ${String(value)}`);
      return `${type}, ${values.join(', ')}`;
    }
  }
}

function describeEntries(entries: readonly Entry[]): string {
  const first = entries[0];
  const last = entries.at(-1);
  if (first === undefined || last === undefined) return 'nothing';
  const changes = entries.filter(({ type }) => type === 'configuration').length;
  const what = changes === 0 ? '' : `, ${changes} of them a configuration`;
  return `${first.index}@${first.term} to ${last.index}@${last.term}${what}`;
}

function describeChange({ changes, expectedIndex }: ChangeRequest): string {
  const each = changes.map((change) =>
    change.type === 'add'
      ? `add ${change.member.id} (${change.member.incarnation})`
      : `${change.type} ${change.id}`,
  );
  return `${each.join(' + ')}${expectedIndex === null ? '' : `, expecting ${expectedIndex}`}`;
}

function describeMembers(members: readonly Member[]): string {
  return members.map(({ id, role }) => `${id} ${role}`).join(', ');
}

function* describeEffects({ write, snapshots, answers, events }: Effects): Generator<string> {
  for (const event of events) {
    if (event.type === 'vote-cast') {
      yield `${event.refusal ?? 'votes'} for ${event.candidate} in ${event.term}${event.preVote ? ' (pre-vote)' : ''}`;
    } else if (event.type === 'configuration-changed') {
      const { index, members, outgoing } = event.configuration;
      const from = outgoing === null ? '' : `${describeMembers(outgoing)} → `;
      yield `configuration ${index}: ${from}${describeMembers(members)}`;
    } else if (event.type === 'log-truncated') yield `cuts ${event.from} to ${event.to}`;
    else if (event.type === 'removed') yield `removed by configuration ${event.index}`;
    else if (event.type === 'stepped-down') yield `steps down: ${event.reason}`;
  }
  if (write !== null) {
    const { id, hardState, base, entries } = write;
    if (base !== null) yield `begins anew behind ${base.index}@${base.term}`;
    const vote = hardState === null ? '' : `, term ${hardState.term} vote ${hardState.votedFor}`;
    yield `write ${id}: ${describeEntries(entries)}${vote}`;
  }
  for (const task of snapshots) {
    yield task.type === 'compact'
      ? `lets go of entries up to ${task.upTo}`
      : `${task.type}s snapshot ${task.snapshot.index}`;
  }
  for (const { type, id } of answers) yield `#${id} ${type}`;
}

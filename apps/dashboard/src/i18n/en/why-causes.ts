import type { Cause } from '../../core/why/answer.js';
import type { Missing } from '../../core/why/pending.js';
import type { Refusal } from '../../core/why/refused.js';
import type { Absent } from '../../core/why/voters.js';
import type { Turn } from '../../core/timeline/lives.js';
import { duration, integer } from '../../core/words.js';
import { count, list, say, type Sentences } from '../phrases.js';
import { effectInWords, waysInWords } from './faults-in-words.js';
import { verdict } from './verdict.js';

const absent = ({ id: node, vitality, how }: Absent): string => {
  const reason =
    vitality === 'unknown'
      ? ({ kind: 'unheard', node } as const)
      : ({ kind: 'away', node, vitality, how } as const);
  return say(verdict.reasons, reason).replace(/\.$/, '');
};

const disks = {
  full: 'is full',
  failed: 'refuses writes',
  stalled: 'does not answer',
};

const stepDowns: Record<string, string> = {
  'lost-quorum': 'a quorum of the voters had not answered it',
  removed: 'it was removed from the configuration',
  'storage-fault': 'its disk took no writes',
  transferred: 'it had handed over',
};

const became: Record<Turn['what'], string> = {
  killed: 'was killed',
  crashed: 'ended by a failure',
  stopped: 'was stopped',
  paused: 'was paused',
  resumed: 'was resumed',
  started: 'started',
};

const refused: Record<Refusal, string> = {
  'change-in-progress': 'An earlier change is not committed yet; one is made at a time.',
  'no-leader': 'Nobody leads, or the leader has not committed an entry of its own term yet.',
  'not-leader': 'The node that was asked does not lead, and was told not to pass it on.',
  'not-bootstrapped': 'The node that was asked belongs to no cluster.',
  'already-bootstrapped': 'The node belongs to a cluster already: it is never merged into another.',
  'transfer-in-progress': 'The leader is handing over: the next one will take the change.',
  'transfer-failed': 'Only another voter that has caught up and answers can take over.',
  'configuration-changed': 'Somebody else changed the membership meanwhile: look at it again.',
  'address-in-use': 'Another member has this address: each needs its own.',
  'unknown-member': 'The cluster has no member of this name.',
  'last-voter': 'The cluster would be left without a voter.',
  'peer-unreachable': 'Nobody answers at that address: start the node, or correct the address.',
  'peer-mismatch': 'Another node answers there than the one that was named.',
  'cluster-mismatch':
    'The node belongs to another cluster: empty its volume if it is to join this one.',
  removed: 'The node that was asked is no member any more.',
  'older-member': 'A member runs an older version that does not know such a change.',
  'storage-fault': 'The disk of the node that was asked takes no writes.',
  overloaded: 'The leader has too much to do at the moment: try again later.',
  deadline: 'It was not committed in time: a quorum of the voters did not answer.',
};

const missing = ({ id, match, lastContactMs }: Missing): string =>
  `${id} has up to ${integer(match)}` +
  (lastContactMs === null ? '' : ` and was last heard ${duration(lastContactMs)} ago`);

const entries = (number: number): string => count(number, 'entry', 'entries');

/** As `n2 leads term 4`, or `n2 leads term 4 after n1`. */
const won = (it: { winner: string; term: number; before: string | null }): string =>
  it.before === null || it.before === it.winner
    ? `${it.winner} won term ${it.term}`
    : `${it.winner} won term ${it.term} after ${it.before}`;

const old = (it: { before: string | null }): string => it.before ?? 'the leader';

/** What explains what was asked, each in a sentence. */
export const causes: Sentences<Cause> = {
  // No leader
  unheard: () => 'This page hears neither the supervisor nor any node, so it knows of no leader.',
  'no-cluster': () => 'No node belongs to a cluster yet: make one the first member.',
  led: ({ leader, term }) => `There is one: ${leader} leads term ${term}, and a quorum agrees.`,
  'quorum-lost': ({ up, voters, quorum }) =>
    `Only ${up} of ${count(voters, 'voter')} are up, and it takes ${quorum} to elect a leader.`,
  stalled: ({ nodes, ms }) =>
    `The process of ${list(nodes)} stood still for ${duration(ms)}: longer than an election timer runs.`,
  'voters-down': ({ absent: voters }) => `${list(voters.map(absent))}.`,
  emptied: ({ voters }) =>
    `${list(voters)} came back with an empty volume: its votes do not count until it is joined again.`,
  disk: ({ voters, fault }) =>
    `The disk of ${list(voters)} ${disks[fault]}: without it, a vote or an entry cannot be kept.`,
  'no-quorum-connected': ({ sides, quorum }) =>
    `No node hears, and is heard by, ${quorum} voters: ${sides.map((side) => list(side)).join(' | ')}.`,
  'leader-alone': ({ leader, term, agreeing, quorum }) =>
    `${leader} says that it leads term ${term}, but only ${count(agreeing.length, 'voter')} of the ${quorum} needed ${agreeing.length === 1 ? 'agrees' : 'agree'}. It gives up when no quorum answers it.`,
  flapping: ({ faults }) =>
    `The link ${list(faults.map(({ ways }) => waysInWords(ways)))} is cut and whole by turns: an election that begins while it is whole may not end.`,
  'log-behind': ({ candidate, refusers, term }) =>
    `${list(refusers)} refused ${candidate} in term ${term}: the log of ${candidate} lacks entries that may be committed. One with a newer log has to stand.`,
  'split-vote': ({ candidates, term }) =>
    `The votes of term ${term} were split between ${list(candidates)}: nobody got a quorum. Timers are drawn at random, so the next try will most likely do.`,
  'terms-rising': ({ from, to, ms }) =>
    `Terms ${from} to ${to} began within ${duration(ms)} and nobody won one.`,
  'leader-alive': ({ candidate, refusers }) =>
    `${list(refusers)} refused ${candidate}: they had heard from a leader just before.`,
  'under-way': ({ candidates, term, pre }) => {
    const ask = candidates.length === 1 ? 'asks' : 'ask';
    return pre
      ? `${list(candidates)} ${ask} whether an election could be won.`
      : `An election is under way: ${list(candidates)} ${ask} for votes in term ${term}.`;
  },
  'election-due': ({ last, electionMs }) =>
    `${last === null ? 'Nobody has led yet' : `${last} led last`}; a follower stands once it has heard no leader for ${electionMs[0]} to ${electionMs[1]} ms.`,

  // At risk
  healthy: ({ tolerance }) =>
    `Every voter is up and follows the leader; ${count(tolerance, 'more voter')} may be lost.`,
  'does-not-work': () => 'It does not work at all: nobody leads with a quorum.',
  'not-following': ({ voters, leader }) =>
    `${list(voters)} ${voters.length === 1 ? 'is' : 'are'} up, and ${voters.length === 1 ? 'does' : 'do'} not follow ${leader}.`,
  'faults-in-force': ({ faults }) =>
    `${count(faults.length, 'injected fault')} ${faults.length === 1 ? 'is' : 'are'} in force.`,
  lagging: ({ voters }) => `${list(voters)} cannot keep up with the leader.`,
  'joint-configuration': () =>
    'Two configurations are in force: a majority of the old voters and of the new ones is needed.',
  'too-few-voters': ({ voters, learners }) =>
    voters === 1
      ? `There is one voter alone: two more are needed to survive the loss of one.${promotable(learners)}`
      : `Of two voters none may be lost: a third is needed.${promotable(learners)}`,

  // Change
  'no-change': () => 'This page has seen no election.',
  first: (it) => `${won(it)}: it was the first that this page knows of.`,
  transfer: (it) => `${won(it)}, because ${old(it)} handed over to it on request.`,
  asked: (it) => `${won(it)}, because somebody asked it to stand.`,
  process: (it) =>
    `${won(it)}, because the process of ${old(it)} ${became[it.what]}${it.how === null ? '' : ` (${it.how})`}.`,
  'stepped-down': (it) =>
    `${won(it)}, because ${old(it)} stepped down: ${stepDowns[it.reason] ?? it.reason}.`,
  'cut-off': (it) =>
    `${won(it)}, because ${list([...new Set(it.faults.map(({ owner }) => owner))])} had put ${count(it.faults.length, 'fault')} between ${old(it)} and the others.`,
  'loop-stall': (it) =>
    `${won(it)}, because the process of ${old(it)} had stood still for ${duration(it.ms)}.`,
  'connection-closed': (it) =>
    `${won(it)}, because the connection to ${old(it)} closed; nobody here knows why.`,
  silence: (it) =>
    `${won(it)}, because it had heard nothing from ${old(it)} for an election timeout` +
    `${it.electionMs === null ? '' : ` (${it.electionMs[0]} to ${it.electionMs[1]} ms)`}; nobody here knows why.`,

  // Behind
  'unknown-node': ({ node }) => `This page knows no node ${node}.`,
  'not-behind': ({ node }) => `It is not: ${node} has all that is committed, and has applied it.`,
  'not-running': ({ node, vitality, how }) => `${absent({ id: node, vitality, how })}.`,
  'not-a-member': ({ node }) => `${node} is no member of this cluster: nobody sends it entries.`,
  'nobody-leads': ({ node }) => `There is no leader that could send ${node} entries.`,
  'link-faults': ({ node, leader, faults }) =>
    `${count(faults.length, 'injected fault')} between ${leader} and ${node}: ${list(faults.map(({ effect, ways }) => `${waysInWords(ways)} ${effectInWords(effect)}`))}.`,
  'not-connected': ({ node, leader, error }) =>
    `${leader} has no connection to ${node}${error === '' ? '' : `: ${error}`}.`,
  snapshot: ({ node, leader, transfer }) =>
    `${node} needs entries that the log of ${leader} holds no more, so it gets a snapshot` +
    (transfer === null
      ? '.'
      : ` at index ${integer(transfer.index)}: ${percent(transfer.receivedBytes, transfer.bytes)} is there.`),
  conflict: ({ node, leader, next }) =>
    `The log of ${node} differs from that of ${leader}, which goes back to where they agree; it is at ${integer(next)} now.`,
  'disk-refuses': ({ node, fault }) => `The disk of ${node} ${disks[fault]}.`,
  'disk-slow': ({ node, undurable, syncMs }) =>
    `The disk of ${node} is slow: a sync takes up to ${duration(syncMs)}, and ${entries(undurable)} wait for it.`,
  stalls: ({ node, ms }) =>
    `The process of ${node} stands still for up to ${duration(ms)} at a time.`,
  'just-started': ({ node, ms, missing: lacking }) =>
    `${node} started ${duration(ms)} ago and is catching up: ${entries(lacking)} to go.`,
  applying: ({ node, unapplied }) =>
    `${node} has everything that it knows to be committed, and has still to apply ${entries(unapplied)}.`,
  'catching-up': ({ node, leader, missing: lacking, inflight }) =>
    `${node} lacks ${entries(lacking)}; ${leader} is sending them (${count(inflight, 'message')} under way).`,

  // Pending
  'nothing-pending': () => 'Nothing is: all that the leader has taken is committed.',
  'no-leader-to-commit': ({ index }) =>
    index === null
      ? 'Nobody leads: no write is taken, and none is committed.'
      : `Nobody leads with a quorum: entry ${integer(index)} waits until somebody does, and is lost if the next leader lacks it.`,
  'not-in-log': ({ index, leader, last }) =>
    `The log of ${leader} ends at ${integer(last)}: entry ${integer(index)} was never taken here, or went with an earlier leader that had not committed it.`,
  acknowledgements: ({ index, leader, have, quorum, missing: behind }) =>
    `${have} of the ${quorum} voters needed have entry ${integer(index)}; ${leader} waits: ${list(behind.map(missing))}.`,
  'leader-disk': ({ index, leader, durable }) =>
    `${leader} itself has only up to ${integer(durable)} on its disk: it counts itself for entry ${integer(index)} once that is written.`,
  joint: ({ index }) =>
    `Two configurations are in force: entry ${integer(index)} needs a majority of the old voters too.`,
  'older-term': ({ index, leader, term }) =>
    `A quorum has entry ${integer(index)}, but ${leader} may commit it only together with an entry of its own term ${term}.`,
  'apply-queue': ({ index, node, applied }) =>
    `It is committed; ${node} has applied up to ${integer(applied)} and comes to ${integer(index)} soon.`,
  done: ({ index, applied, heard }) =>
    `It is not: entry ${integer(index)} is committed, and applied on ${applied.length} of ${count(heard, 'node')} that answer.`,

  // Refused
  refused: ({ code }) => refused[code],
  'waits-for-change': ({ index, missing: behind }) =>
    `The change at index ${integer(index)} is not committed yet, and one is made at a time.` +
    (behind.length === 0
      ? ''
      : ` ${list(behind)} ${behind.length === 1 ? 'has' : 'have'} not acknowledged it.`),
};

const promotable = (learners: readonly string[]): string =>
  learners.length === 0 ? '' : ` ${list(learners)} could be promoted.`;

const percent = (part: number, whole: number): string =>
  whole === 0 ? '0 %' : `${Math.floor((part / whole) * 100)} %`;

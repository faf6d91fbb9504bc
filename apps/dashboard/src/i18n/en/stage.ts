import type { Fate } from '../../core/flights/flight.js';
import type { MessageKind } from '../../core/flights/message-kind.js';
import type { VoteState } from '../../core/stage/ballot.js';
import type { EntryMark, LogCell } from '../../core/stage/log-cells.js';
import { integer } from '../../core/words.js';

const kinds: Record<MessageKind, string> = {
  'pre-vote': 'Pre-vote',
  vote: 'Vote',
  append: 'Append',
  heartbeat: 'Heartbeat',
  snapshot: 'Snapshot',
  'timeout-now': 'Timeout now',
  propose: 'Propose',
  read: 'Read',
  membership: 'Membership',
};

const fates: Record<Fate, string> = {
  flying: 'under way',
  arrived: 'arrived',
  lost: 'lost',
  unheard: 'no word of its arrival',
};

const votes: Record<VoteState, string> = {
  granted: 'granted',
  refused: 'refused',
  coming: 'cast, on its way',
  open: 'not cast yet',
};

const cells: Record<LogCell, string> = {
  applied: 'committed and applied',
  committed: 'committed, not applied yet',
  uncommitted: 'not committed',
  conflicting: 'conflicts with the leader’s, will be cut',
  missing: 'missing',
  compacted: 'in the snapshot',
  unwritten: 'not written by anybody',
};

const marks: Record<NonNullable<EntryMark>, string> = {
  configuration: 'a configuration of the members',
  'no-op': 'the empty entry that begins a leader’s term',
};

/** The stage: what the nodes really say to each other, and what they have in their logs. */
export const stage = {
  lag: (seconds: number) =>
    `The stage is ${seconds} s behind the present, so that both ends of each message are known.`,
  slower: (ms: number) =>
    `Messages are drawn slower than they fly: ${ms} ms at least. Slow motion shows them as they were.`,
  asTable: 'View as table',
  ring: 'The nodes, and the messages between them',
  ringSummary: (rate: string) => `${rate} messages a second.`,
  link: (from: string, to: string) => `Link between ${from} and ${to}`,
  node: (id: string, face: string, term: string) => `${id}, ${face}, term ${term}`,
  term: 'term',
  commit: 'commit',
  applied: 'applied',
  noTerm: '–',
  ballot: (preVote: boolean, granted: number, needed: number) =>
    `${preVote ? 'Pre-votes' : 'Votes'}: ${granted} of ${needed} needed`,
  votes,
  kinds,
  otherKind: 'Other',
  reply: (kind: string, positive: boolean | null) =>
    positive === null ? kind : `${kind} answer ${positive ? '+' : '−'}`,
  filter: 'Messages that are shown',
  perSecond: (rate: number) => `${rate}/s`,
  flows: 'Links that carry more than can be told apart are drawn as a flow, as wide as its rate.',
  fates,
  log: {
    title: 'Logs',
    follow: 'Follow the end',
    jump: 'Go to index',
    region: 'The logs of all nodes. Arrow keys move, Enter opens the entry.',
    cells,
    marks,
    legend: {
      solid: 'committed',
      hatched: 'not committed',
      conflict: 'conflicts',
      missing: 'missing',
      snapshot: 'in the snapshot',
      configuration: 'configuration',
      'no-op': 'begins a term',
      durable: 'on disk',
      commit: 'committed',
      applied: 'applied',
      match: 'match: known to be there',
      next: 'next to be sent',
    },
    empty: 'Nothing is in any log yet.',
    cell: (node: string, index: number, term: number | null, state: LogCell) =>
      `${node}, entry ${integer(index)}${term === null ? '' : `, term ${term}`}: ${cells[state]}`,
  },
  hearing: {
    title: 'Who hears whom',
    caption: 'Messages a second from each node (rows) to each other (columns)',
    from: 'From',
    not: 'not connected',
    quiet: 'quiet',
  },
  table: {
    nodes: 'Nodes',
    messages: 'Messages',
    messagesCaption: (many: number) => `The latest ${many}, the newest first`,
    logs: 'Logs',
    node: 'Node',
    role: 'Role',
    term: 'Term',
    votedFor: 'Voted for',
    last: 'Last',
    commit: 'Commit',
    applied: 'Applied',
    match: 'Match',
    next: 'Next',
    election: 'Election in',
    time: 'Time',
    message: 'Message',
    from: 'From',
    to: 'To',
    fate: 'What became of it',
    index: 'Index',
    none: 'No messages were told of.',
  },
  message: {
    gone: 'This page does not know this message (any more).',
    from: 'From',
    to: 'To',
    kind: 'Message',
    sent: 'Sent',
    received: 'Received',
    took: 'Flight',
    fate: 'What became of it',
    lost: (side: 'out' | 'in', reason: string) =>
      `lost on the ${side === 'out' ? 'sender’s' : 'receiver’s'} side: ${reason}`,
    unwatched: 'nobody watched',
    answers: 'Answers',
    answer: 'Its answer',
    entries: (from: number, to: number, bytes: number) =>
      `${integer(from)}…${integer(to)}, ${integer(bytes)} bytes`,
    fields: 'Fields',
    show: 'Show the moment',
  },
  entry: {
    gone: (node: string, index: number) => `${node} has no entry ${integer(index)} in its log.`,
    title: (node: string, index: number) => `Entry ${integer(index)} of ${node}`,
    term: 'Term',
    state: 'State',
    type: 'Type',
    types: {
      command: 'command',
      'no-op': 'no-op',
      configuration: 'configuration',
      session: 'session',
    },
    operation: 'Operation',
    operations: { set: 'set', remove: 'remove', 'remove-prefix': 'remove prefix' },
    key: 'Key',
    value: 'Value',
    bytes: 'Bytes',
    binary: 'no text',
    reading: 'Reading the entry…',
    past: 'What is in it can be read while the page is live.',
    times: 'When each node had it',
    columns: {
      node: 'Node',
      appended: 'Appended',
      durable: 'On disk',
      committed: 'Committed',
      applied: 'Applied',
    },
    before: 'Each node had it before this page looked, or tells nothing of it.',
    after: (ms: string) => `+${ms} ms`,
    timesFrom: 'Times count from the first append.',
  },
  inspect: {
    node: (id: string) => `More about ${id}`,
    unknown: (id: string) => `Nobody knows a node ${id}.`,
    faults: 'Cut, delay, lose…',
    none: 'Nothing can be done with it from here.',
    quiet: 'Nothing was sent in the last second.',
    way: (from: string, to: string, rate: number) => `${from} → ${to}: ${rate} messages a second`,
    latest: 'Latest messages',
  },
};

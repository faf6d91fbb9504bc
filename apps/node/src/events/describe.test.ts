import { expect, it } from 'vitest';
import { describe as tell, type Told } from './describe.js';

const member = { incarnation: 'x', promote: false, attributes: {} } as const;
const configuration = {
  index: 5,
  members: [
    { ...member, id: 'n1', address: '127.0.0.1:9000', role: 'voter' },
    { ...member, id: 'n2', address: '127.0.0.1:9001', role: 'learner' },
  ],
  outgoing: null,
} as const;
const joint = { ...configuration, outgoing: configuration.members } as const;

const fault = {
  id: 'f1',
  peer: 'n2',
  direction: 'both',
  effect: { type: 'cut' },
  owner: 'ann',
  ttlMs: 30_000,
} as const;

const said: readonly [Told, string][] = [
  [{ type: 'role-changed', role: 'follower', term: 1 }, 'entering follower state, term 1'],
  [{ type: 'role-changed', role: 'candidate', term: 2 }, 'entering candidate state, term 2'],
  [{ type: 'role-changed', role: 'leader', term: 2 }, 'entering leader state, term 2'],
  [
    { type: 'election-timeout', term: 1, lastLeader: 'n1', cause: 'timeout' },
    'heartbeat timeout reached, starting election, last leader n1, term 1',
  ],
  [
    { type: 'election-started', term: 2, preVote: false, votesNeeded: 2 },
    'asking for votes, term 2, votes needed 2',
  ],
  [
    {
      type: 'vote-received',
      from: 'n3',
      term: 2,
      preVote: false,
      refusal: null,
      tally: 2,
      votesNeeded: 2,
    },
    'vote granted from n3, term 2, tally 2 of 2',
  ],
  [
    { type: 'vote-cast', candidate: 'n2', term: 2, preVote: true, refusal: 'leader-alive' },
    'refusing pre-vote to n2, term 2: a leader is alive',
  ],
  [{ type: 'election-won', term: 2, tally: 2 }, 'election won, term 2, tally 2'],
  [
    { type: 'configuration-changed', configuration, committed: false },
    'updating configuration, index 5: voter n1; learner n2',
  ],
  [
    { type: 'configuration-changed', configuration: joint, committed: true },
    'configuration committed, index 5: voter n1; learner n2, together with the outgoing voter n1; learner n2',
  ],
  [
    { type: 'removed', index: 5 },
    'removed from the cluster by configuration 5: standing quiet until added again',
  ],
  [
    { type: 'replication-started', peer: 'n2', next: 6 },
    'added peer n2, starting replication, next 6',
  ],
  [
    { type: 'storage-fault', fault: 'stalled' },
    'the disk does not answer: no write is taken until it recovers',
  ],
  [{ type: 'disk-stalled', ms: 2000.4 }, 'a disk write has been under way for 2000 ms'],
  [
    { type: 'reconfigured', timing: { electionMs: [200, 400] }, limits: { maxInflight: 4 } },
    'settings changed: timing.electionMs 200,400, limits.maxInflight 4',
  ],
  [
    { type: 'autopilot-removed', peer: 'n3', silentMs: 60_400 },
    'removed n3, which had been silent for 60 s',
  ],
  [
    { ...fault, type: 'fault-injected', direction: 'out' },
    'fault f1 of ann: for 30 s messages to n2 are lost',
  ],
  [
    { ...fault, type: 'fault-injected', effect: { type: 'loss', chance: 0.25 } },
    'fault f1 of ann: for 30 s messages to and from n2 are lost with a chance of 25 %',
  ],
  [
    { ...fault, type: 'fault-injected', effect: { type: 'flap', cutMs: 200, wholeMs: 800 } },
    'fault f1 of ann: for 30 s messages to and from n2 are lost for 200 ms and pass for 800 ms, by turns',
  ],
  [
    { ...fault, type: 'fault-healed', why: 'healed' },
    'fault f1 of ann is healed: messages to and from n2 are lost no more',
  ],
  [
    { ...fault, type: 'fault-healed', why: 'expired', effect: { type: 'delay', ms: 300 } },
    'fault f1 of ann has run out: messages to and from n2 come late no more',
  ],
  [
    { type: 'append-rejected', peer: 'n2', next: 1 },
    'append rejected by n2, sending older entries, next 1',
  ],
  [
    { type: 'progress-changed', peer: 'n2', state: 'replicate', next: 7 },
    'pipelining replication to n2, next 7',
  ],
  [{ type: 'session-opened', session: 7, open: 2 }, 'session 7 opened, 2 open'],
  [{ type: 'session-closed', session: 7, open: 1 }, 'session 7 closed, 1 open'],
  [{ type: 'sessions-expired', expired: 2, open: 0 }, 'sessions expired: 2, 0 open'],
  [
    { type: 'snapshot-sending', peer: 'n2', index: 9, bytes: 20 },
    'sending n2 the snapshot at index 9 (20 bytes): it needs entries that the log holds no more',
  ],
  [
    { type: 'snapshot-taken', index: 9, term: 2, bytes: 20, durationMs: 1.4 },
    'snapshot taken at index 9, 20 bytes in 1 ms',
  ],
  [
    { type: 'snapshot-failed', attempt: 'take', error: 'no space left' },
    'cannot take a snapshot, and will try again: no space left',
  ],
];

it.each(said)('%o', (event, text) => {
  expect(tell(event).text).toBe(text);
});

it('warns of what somebody should look at', () => {
  expect(tell({ type: 'storage-fault', fault: 'full' }).level).toBe('error');
  expect(tell({ type: 'stepped-down', term: 2, reason: 'lost-quorum' }).level).toBe('warn');
});

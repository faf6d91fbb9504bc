import type { FaultEffect } from '@quorate/contract';
import type { Kind } from '../../core/timeline/happenings.js';
import type { Outcome } from '../../core/timeline/elections.js';
import type { Turn } from '../../core/timeline/lives.js';
import { duration, integer } from '../../core/words.js';
import { list } from '../phrases.js';
import { effectInWords } from './faults-in-words.js';

const kinds: Record<Kind, string> = {
  election: 'Elections',
  tenure: 'Leaders',
  membership: 'Membership',
  process: 'Processes',
  fault: 'Faults',
  snapshot: 'Snapshots',
  storage: 'Storage',
};

const outcomes: Record<Outcome, string> = {
  won: 'elected',
  lost: 'not elected',
  undecided: 'no decision',
  open: 'under way',
};

const turns: Record<Turn['what'], (node: string) => string> = {
  started: (node) => `${node} starts`,
  stopped: (node) => `${node} is stopped`,
  killed: (node) => `${node} is killed`,
  crashed: (node) => `${node} crashes`,
  paused: (node) => `${node} is paused`,
  resumed: (node) => `${node} goes on`,
};

/** What happened: elections, leaders, members, faults, processes. */
export const timeline = {
  kinds,
  filterKinds: 'Kinds',
  filterNodes: 'Nodes',
  lanes: 'Who led, node by node',
  lanesHint:
    'Drag across the lanes to look at a part of time. With the keyboard: from the scrubber at the foot of the page, and its + and − buttons.',
  whole: 'Show all',
  leads: (node: string, term: number, ms: number) =>
    `${node} leads term ${term} for ${duration(ms)}`,
  down: (node: string) => `${node} is down`,
  failovers: {
    title: 'Changes of leader',
    none: 'Nobody has followed another leader in the time that is shown.',
    detection: 'Until somebody stands',
    election: 'Until one is elected',
    commit: 'Until it commits',
    total: 'In all',
    median: 'median',
    p99: 'p99',
    of: (number: number, planned: number) =>
      `${integer(number)} without a plan${planned > 0 ? `, and ${integer(planned)} handed over, which do not count here` : ''}.`,
    seen: 'Measured from what the nodes told this page; a first commit within 50 ms, or exactly where messages are traced.',
  },
  elections: {
    title: 'Elections',
    none: 'Nobody stood for election in the time that is shown.',
    when: 'When',
    candidate: 'Candidate',
    term: 'Term',
    cause: 'Why it stood',
    votes: 'Votes',
    took: 'Took',
    outcome: 'Outcome',
    outcomes,
    tally: (granted: number, needed: number) => `${granted} of ${needed} needed`,
    causes: {
      timeout: (leader: string | null) =>
        leader ? `no word of ${leader} in time` : 'no word of a leader in time',
      disconnected: (leader: string | null) =>
        leader ? `${leader} closed its connection` : 'the leader closed its connection',
      transfer: (leader: string | null) => (leader ? `${leader} handed over` : 'handed over'),
      asked: () => 'somebody asked for it',
      unknown: () => 'not told',
    },
    round: (preVote: boolean, term: number) =>
      preVote ? `Pre-vote for term ${term}: could it win?` : `Vote of term ${term}`,
    granted: 'granted',
    refused: (reason: string) => `refused: ${reason}`,
    uncounted: 'came in too late, or not at all',
    refusals: {
      'stale-term': 'that term is over',
      'already-voted': 'its vote of this term is given',
      'log-behind': "the candidate's log is behind its own",
      'leader-alive': 'it hears a leader',
      blank: 'a blank node does not vote',
      'not-a-member': 'the candidate has been removed',
    } as Readonly<Record<string, string>>,
    noVotes: 'No answer was heard.',
    more: (candidate: string, term: number) => `Votes for ${candidate} in term ${term}`,
  },
  happenings: {
    title: 'Other happenings',
    none: 'Nothing else happened in the time that is shown.',
    onStage: 'On the Stage',
    onStageAt: (time: string) => `Look at ${time} on the Stage`,
    more: (number: number) =>
      `${integer(number)} older ones are not shown: look at a shorter time.`,
    tenure: (node: string, term: number) => `${node} leads term ${term}`,
    tenureEnd: (ms: number, why: string | null) =>
      `for ${duration(ms)}${why === null ? '' : `, until ${why}`}`,
    stillLeads: 'still',
    ends: {
      'higher-term': 'another node reached a higher term',
      'lost-quorum': 'a quorum did not answer any more',
      removed: 'it was removed',
      'storage-fault': 'its disk took no writes',
      transferred: 'it handed over',
      killed: 'it was killed',
      stopped: 'it was stopped',
      crashed: 'it crashed',
    } as Readonly<Record<string, string>>,
    turns,
    how: (how: string) => `(${how})`,
    added: (ids: readonly string[]) => `${list(ids)} joined`,
    removed: (ids: readonly string[]) => `${list(ids)} removed`,
    promoted: (ids: readonly string[]) => `${list(ids)} promoted to voter`,
    demoted: (ids: readonly string[]) => `${list(ids)} demoted to learner`,
    unchanged: 'the same members',
    members: (ids: readonly string[]) => `members: ${list(ids)}`,
    joint: 'together with the old members',
    committed: (ms: number) => `committed after ${duration(ms)}`,
    uncommitted: 'not committed yet',
    fault: (node: string, peer: string, direction: 'in' | 'out' | 'both', effect: FaultEffect) => {
      const arrow = { out: '→', in: '←', both: '↔' }[direction];
      return `${node} ${arrow} ${peer}: ${effectInWords(effect)}`;
    },
    faultOf: (owner: string, ms: number | null) =>
      `by ${owner}, ${ms === null ? 'still' : `for ${duration(ms)}`}`,
  },
};

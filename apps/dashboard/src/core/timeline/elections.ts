import { numeral, type Told, word } from './told.js';

/** An answer to a candidate. */
export interface Vote {
  readonly voter: string;
  readonly t: number;
  /** Why not; null when it was granted. */
  readonly refusal: string | null;
  /** Whether it came in: an answer may be lost on its way, or come too late. */
  readonly counted: boolean;
}

export interface Round {
  readonly preVote: boolean;
  readonly term: number;
  readonly t: number;
  readonly votesNeeded: number;
  readonly votes: readonly Vote[];
}

/** `lost`: it follows again · `undecided`: it stood anew, or died · `open`: not known yet */
export type Outcome = 'won' | 'lost' | 'undecided' | 'open';

/** One node that stood: from its timeout to what became of it. */
export interface Election {
  readonly key: string;
  readonly candidate: string;
  readonly t: number;
  readonly until: number | null;
  /** The highest term that it stood for. */
  readonly term: number;
  /** As `timeout`, `disconnected`, `transfer`; null when it was not told. */
  readonly cause: string | null;
  readonly lastLeader: string | null;
  readonly rounds: readonly Round[];
  readonly outcome: Outcome;
}

export const electionTypes = [
  'started',
  'election-timeout',
  'election-started',
  'vote-received',
  'vote-cast',
  'election-won',
  'role-changed',
] as const;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type RoundDraft = Mutable<Omit<Round, 'votes'>> & { votes: Vote[] };
type Draft = Mutable<Omit<Election, 'rounds'>> & { rounds: RoundDraft[] };

/** All elections that were told, oldest first. @param events in the order of their times */
export function electionsOf(events: readonly Told[]): Election[] {
  const all: Draft[] = [];
  const standing = new Map<string, Draft>();

  function close(node: string, until: number, outcome: Outcome): void {
    const election = standing.get(node);
    if (!election) return;
    Object.assign(election, { until, outcome });
    standing.delete(node);
  }
  function stand({ key, node, t, event }: Told): Draft {
    const election: Draft = {
      key,
      candidate: node,
      t,
      until: null,
      term: numeral(event, 'term'),
      cause: word(event, 'cause'),
      lastLeader: word(event, 'lastLeader'),
      rounds: [],
      outcome: 'open',
    };
    all.push(election);
    standing.set(node, election);
    return election;
  }

  for (const one of events) {
    const { node, t, event } = one;
    switch (event.type) {
      case 'started':
        close(node, t, 'undecided');
        break;
      case 'election-timeout':
        close(node, t, 'undecided');
        stand(one);
        break;
      case 'election-started': {
        // What led to it may be older than what was heard.
        const election = standing.get(node) ?? stand(one);
        election.rounds.push(roundOf(one));
        election.term = Math.max(election.term, numeral(event, 'term'));
        break;
      }
      case 'vote-received':
        noteReceived(standing.get(node), one);
        break;
      case 'election-won':
        close(node, t, 'won');
        break;
      case 'role-changed':
        if (word(event, 'role') === 'follower') close(node, t, 'lost');
    }
  }
  for (const one of events) if (one.event.type === 'vote-cast') noteCast(all, one);
  return all;
}

function roundOf({ t, event }: Told): RoundDraft {
  return {
    preVote: event.preVote === true,
    term: numeral(event, 'term'),
    t,
    votesNeeded: numeral(event, 'votesNeeded'),
    votes: [],
  };
}

function noteReceived(election: Draft | undefined, { t, event }: Told): void {
  const preVote = event.preVote === true;
  const round = election?.rounds.findLast((one) => one.preVote === preVote);
  const voter = word(event, 'from');
  if (!round || voter === null) return;
  round.votes.push({ voter, t, refusal: word(event, 'refusal'), counted: true });
}

/** The voter's own word, for an answer that never came in: at the last round that it can be for. */
function noteCast(elections: readonly Draft[], { node, t, event }: Told): void {
  const candidate = word(event, 'candidate');
  const preVote = event.preVote === true;
  const term = numeral(event, 'term');
  const round = elections
    .filter((election) => election.candidate === candidate && election.t <= t)
    .flatMap(({ rounds }) => rounds)
    .findLast((one) => one.preVote === preVote && one.term === term);
  if (!round || round.votes.some(({ voter }) => voter === node)) return;
  round.votes.push({ voter: node, t, refusal: word(event, 'refusal'), counted: false });
}

import type { NodeEvent } from '@quorate/contract';
import type { History } from '../history/history.js';

/** `coming`: the voter has cast it, and the candidate has not heard of it yet. */
export type VoteState = 'granted' | 'refused' | 'coming' | 'open';

export interface Vote {
  readonly voter: string;
  readonly state: VoteState;
  /** Why it was refused, in the words of the contract; null when it was not. */
  readonly refusal: string | null;
}

/** An election as its candidate sees it. */
export interface Ballot {
  readonly candidate: string;
  readonly preVote: boolean;
  readonly term: number;
  readonly needed: number;
  readonly votes: readonly Vote[];
  readonly startedAt: number;
}

/** An election that is not over after this is another one's business, ms. */
const longestMs = 10_000;

/** The last ballot of a node that began within `sinceMs`; null for none. */
export function ballotAt(
  history: History,
  candidate: string,
  voters: readonly string[],
  t: number,
  sinceMs = longestMs,
): Ballot | null {
  const events = history.events.between(t - sinceMs, t).flatMap((entry) => {
    return entry.kind === 'event' ? [{ node: entry.node, t: entry.t, event: entry.event }] : [];
  });
  const begun = events.findLast(
    ({ node, event }) => node === candidate && event.type === 'election-started',
  );
  if (!begun) return null;
  const { term, preVote, votesNeeded } = begun.event;
  const sameBallot = (event: NodeEvent) => event.preVote === preVote && event.term === term;
  const since = events.filter((one) => one.t >= begun.t && sameBallot(one.event));
  return {
    candidate,
    term: Number(term),
    preVote: preVote === true,
    needed: Number(votesNeeded),
    startedAt: begun.t,
    votes: voters.map((voter): Vote => {
      if (voter === candidate) return { voter, state: 'granted', refusal: null };
      const came = since.find(
        ({ node, event }) =>
          node === candidate && event.type === 'vote-received' && event.from === voter,
      );
      if (came) return decided(voter, came.event);
      const cast = since.some(
        ({ node, event }) =>
          node === voter && event.type === 'vote-cast' && event.candidate === candidate,
      );
      return { voter, state: cast ? 'coming' : 'open', refusal: null };
    }),
  };
}

function decided(voter: string, { refusal }: NodeEvent): Vote {
  return typeof refusal === 'string'
    ? { voter, state: 'refused', refusal }
    : { voter, state: 'granted', refusal: null };
}

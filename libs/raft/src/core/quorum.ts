import { type Configuration, type Member, voters } from './configuration.js';

/** The smallest number of voters that any two majorities share a member of (paper §5.1). */
export function majority(voters: number): number {
  return Math.floor(voters / 2) + 1;
}

/**
 * The highest value that a majority has reached, given what each voter has reached: with match
 * indexes the index that may be committed (paper §5.3), with times of contact the last moment at
 * which a majority was in touch. -Infinity without voters.
 */
export function reachedByMajority(values: readonly number[]): number {
  const descending = [...values].sort((a, b) => b - a);
  return descending[majority(values.length) - 1] ?? -Infinity;
}

/** Who decides: the voters, and while joint also those of the outgoing configuration (thesis §4.3). */
function electorates({ members, outgoing }: Configuration): readonly (readonly Member[])[] {
  const halves = outgoing === null ? [members] : [members, outgoing];
  return halves.map((half) => voters({ members: half }));
}

/** The highest value that a quorum has reached: a majority of each electorate. */
export function reachedByQuorum(
  configuration: Configuration,
  valueOf: (voter: Member) => number,
): number {
  const reached = electorates(configuration).map((all) => reachedByMajority(all.map(valueOf)));
  return Math.min(...reached);
}

/** Whether those for whom this holds are a quorum. */
export function isQuorum(configuration: Configuration, holds: (voter: Member) => boolean): boolean {
  return reachedByQuorum(configuration, (voter) => Number(holds(voter))) === 1;
}

export type VoteOutcome = 'won' | 'lost' | 'open';

/** How an election stands, given each voter's answer, undefined for none yet (paper §5.2). */
export function voteOutcome(
  configuration: Configuration,
  voteOf: (voter: Member) => boolean | undefined,
): VoteOutcome {
  if (isQuorum(configuration, (voter) => voteOf(voter) === true)) return 'won';
  return isQuorum(configuration, (voter) => voteOf(voter) !== false) ? 'open' : 'lost';
}

/** The fewest votes that can win an election: while joint, who votes in both halves counts in both. */
export function fewestVotes(configuration: Configuration): number {
  const [incoming = [], outgoing = incoming] = electorates(configuration);
  const inBoth = incoming.filter(({ id }) => outgoing.some((voter) => voter.id === id)).length;
  const [a, b] = [majority(incoming.length), majority(outgoing.length)];
  return a + b - Math.min(inBoth, a, b);
}

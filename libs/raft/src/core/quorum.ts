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

/** How many more votes can win an election at the soonest: a vote in both halves counts in both. */
export function votesMissing(
  configuration: Configuration,
  voteOf: (voter: Member) => boolean | undefined,
): number {
  const missing = (all: readonly Member[]) =>
    Math.max(0, majority(all.length) - all.filter((voter) => voteOf(voter) === true).length);
  const [incoming = [], outgoing] = electorates(configuration);
  if (outgoing === undefined) return missing(incoming);
  const inBoth = incoming.filter(
    (voter) => voteOf(voter) === undefined && outgoing.some(({ id }) => id === voter.id),
  );
  const [a, b] = [missing(incoming), missing(outgoing)];
  return a + b - Math.min(inBoth.length, a, b);
}

/**
 * The sets of voters of which each has to agree by majority: one, or while two configurations are
 * in force (thesis §4.3) the new and the old.
 */
export type Electorate = readonly (readonly string[])[];

export const majorityOf = (voters: number): number => Math.floor(voters / 2) + 1;

/**
 * How many more of those that work may be lost, whichever they are, before nothing can be decided:
 * negative when nothing can.
 */
export function toleranceOf(electorate: Electorate, working: readonly string[]): number {
  const spare = electorate.map(
    (voters) => voters.filter((id) => working.includes(id)).length - majorityOf(voters.length),
  );
  return Math.min(...spare);
}

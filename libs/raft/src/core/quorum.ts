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

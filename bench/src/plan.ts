/** How long, how often and with how many connections everything is measured. */
export interface Plan {
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: readonly number[];
  readonly librarySeconds: number;
  readonly failovers: number;
  /** Of rounds with the dashboard closed and open. */
  readonly watchedPairs: number;
  readonly entries: number;
  readonly keys: number;
  readonly sizes: readonly number[];
  readonly soakMinutes: number;
}

export const fullPlan: Plan = {
  rounds: 3,
  seconds: 5,
  connections: [1, 16, 64, 256],
  librarySeconds: 5,
  failovers: 20,
  watchedPairs: 10,
  entries: 1_000_000,
  keys: 1_000_000,
  sizes: [3, 5, 7],
  soakMinutes: 10,
};

export const quickPlan: Plan = {
  ...fullPlan,
  rounds: 1,
  seconds: 3,
  connections: [1, 64],
  librarySeconds: 2,
  failovers: 3,
  watchedPairs: 3,
};

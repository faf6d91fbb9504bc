import type { NodeClock, StatusFrame } from '@quorate/contract';

export interface KnownClocks {
  readonly offsets: Readonly<Record<string, number>>;
  readonly runs: Readonly<Record<string, NodeClock>>;
}

/**
 * Puts the times of all nodes on one axis: wall-clock milliseconds that never go back. Processes of
 * one machine share its monotonic clock, so between them the axis is exact: a message never seems
 * to come before it was sent. Machines are laid beside each other by their wall clocks.
 */
export class Clocks {
  /** Wall minus monotonic time of each machine, as first heard. */
  readonly #offsets: Map<string, number>;
  readonly #runs: Map<string, NodeClock>;

  constructor({ offsets, runs }: KnownClocks = { offsets: {}, runs: {} }) {
    this.#offsets = new Map(Object.entries(offsets));
    this.#runs = new Map(Object.entries(runs));
  }

  /** All that it knows, to be kept beside what was heard. */
  get known(): KnownClocks {
    return {
      offsets: Object.fromEntries(this.#offsets),
      runs: Object.fromEntries(this.#runs),
    };
  }

  note({ run, at, time, clock }: StatusFrame): void {
    if (this.#runs.has(run)) return;
    this.#runs.set(run, clock);
    if (!this.#offsets.has(clock.machine)) {
      this.#offsets.set(clock.machine, time - at - clock.origin);
    }
  }

  /** Whether times of this run can be told. */
  knows(run: string): boolean {
    return this.#runs.has(run);
  }

  /** @param at of the run's own clock; @returns page time, or NaN for a run that is not known */
  timeOf(run: string, at: number): number {
    const clock = this.#runs.get(run);
    const offset = clock && this.#offsets.get(clock.machine);
    return clock && offset !== undefined ? at + clock.origin + offset : NaN;
  }
}

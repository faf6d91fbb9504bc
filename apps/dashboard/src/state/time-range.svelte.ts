import type { Span } from '../core/recording/kept-record.js';
import type { Playhead } from './playhead.svelte.js';

/** Lengths that can be chosen, ms; `whole` is all that is known. */
export const lengths = [60_000, 300_000, 900_000, 3_600_000] as const;

const shortestMs = 2;
const longestMs = 7 * 24 * 3_600_000;

/** The part of time that scrubber, timeline and charts show: the last minutes, or a part that stays. */
export class TimeRange {
  #fixed = $state.raw<Span | null>(null);
  #lengthMs = $state<number>(lengths[1]);

  constructor(readonly playhead: Playhead) {}

  /** A part of time that stays; null while the range follows the present, as it does live. */
  get fixed(): Span | null {
    return this.playhead.isLive ? null : this.#fixed;
  }

  get lengthMs(): number {
    return this.fixed ? this.fixed.to - this.fixed.from : this.#lengthMs;
  }

  /** What is visible, with the playhead always within. @param present the latest moment that is known */
  at(present: number): Span {
    const span = this.fixed ?? { from: present - this.#lengthMs, to: present };
    if (this.playhead.isLive) return span;
    const t = this.playhead.time;
    return t < span.from || t > span.to ? around(t, span.to - span.from) : span;
  }

  /** Shows this part, and stays there: the moment that is shown is in it. */
  look(span: Span): void {
    this.playhead.seek(Math.min(Math.max(this.playhead.time, span.from), span.to));
    this.fix(span);
  }

  /** Stays at this part for as long as the past is shown. */
  fix({ from, to }: Span): void {
    const length = Math.min(longestMs, Math.max(shortestMs, to - from));
    const middle = (from + to) / 2;
    this.#fixed = { from: middle - length / 2, to: middle + length / 2 };
  }

  /** Shows so much of time, up to the present; of a recording all. */
  follow(lengthMs = this.#lengthMs): void {
    const { from, to, live } = this.playhead.bounds();
    this.#lengthMs = lengthMs;
    this.#fixed = live ? null : { from, to };
  }

  /** Shows so much of time: up to the present, or around the moment that is shown. */
  show(lengthMs: number): void {
    if (this.playhead.isLive) this.follow(lengthMs);
    else this.fix(around(this.playhead.time, lengthMs));
  }

  /** Shows this many times as much, the playhead staying where it is seen. */
  zoom(factor: number): void {
    const t = this.playhead.time;
    const { from, to } = this.at(this.playhead.bounds().to);
    if (this.playhead.isLive) {
      this.follow(Math.min(longestMs, Math.max(1_000, (to - from) * factor)));
      return;
    }
    this.fix({ from: t - (t - from) * factor, to: t + (to - t) * factor });
  }
}

function around(t: number, length: number): Span {
  return { from: t - length / 2, to: t + length / 2 };
}

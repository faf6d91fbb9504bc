import { pageTime } from './page-clock.js';

/** Steps of speed, slowest first: of real time. */
export const speeds = [1 / 1_000, 1 / 100, 1 / 10, 1 / 2, 1, 5, 20] as const;

/** Between which moments the playhead can stand. */
export interface Bounds {
  readonly from: number;
  readonly to: number;
  /** Whether `to` is now, and goes on; else it is the end of a recording. */
  readonly live: boolean;
}

/** The moment that the page shows: the present, or one that is past. */
export class Playhead {
  #t = $state.raw<number | null>(null);
  #playing = $state(false);
  #speed = $state(1);
  /** Live, what is seen is so far behind the present, ms: to pause keeps what is seen. */
  behindMs = 0;

  constructor(readonly bounds: () => Bounds = () => ({ from: 0, to: pageTime(), live: true })) {}

  get isLive(): boolean {
    return this.#t === null;
  }

  /** Page time of what is shown. Live, it is read anew with each call. */
  get time(): number {
    return this.#t ?? this.bounds().to;
  }

  get playing(): boolean {
    return this.#t === null || this.#playing;
  }

  get speed(): number {
    return this.#speed;
  }

  set speed(speed: number) {
    this.#speed = speed;
  }

  /** Goes to the present; a recording has none, and its end is as near as it comes. */
  live(): void {
    const { live, to } = this.bounds();
    this.#t = live ? null : to;
    this.#playing = false;
  }

  /** Stands at a time; playing goes on from there. */
  seek(t: number): void {
    const { from, to } = this.bounds();
    this.#t = Math.min(Math.max(t, Math.min(from, to)), to);
  }

  pause(): void {
    this.#t ??= this.time - this.behindMs;
    this.#playing = false;
  }

  play(): void {
    this.#playing = true;
  }

  /** Real time has passed: while it plays, the shown time follows at its speed. */
  advance(elapsedMs: number): void {
    if (this.#t === null || !this.#playing) return;
    const next = this.#t + elapsedMs * this.#speed;
    const { to, live } = this.bounds();
    this.#t = Math.min(next, to);
    if (next < to) return;
    // Who plays as fast as time itself and has come to its end is live again; a recording is over.
    if (!live) this.#playing = false;
    else if (this.#speed >= 1) this.live();
  }
}

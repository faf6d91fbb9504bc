import { pageTime } from './page-clock.js';

/** Steps of speed, slowest first: of real time. */
export const speeds = [1 / 1_000, 1 / 100, 1 / 10, 1 / 2, 1, 5, 20] as const;

/** The moment that the page shows: the present, or one that is past. */
export class Playhead {
  #t = $state.raw<number | null>(null);
  #playing = $state(false);
  #speed = $state(1);

  /** @param end the last moment that can be shown: now, or the end of a recording */
  constructor(readonly end: () => number = pageTime) {}

  get isLive(): boolean {
    return this.#t === null;
  }

  /** Page time of what is shown. Live, it is read anew with each call. */
  get time(): number {
    return this.#t ?? this.end();
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

  live(): void {
    this.#t = null;
  }

  /** Stands at a time; playing goes on from there. */
  seek(t: number): void {
    this.#t = Math.min(t, this.end());
  }

  pause(): void {
    this.#t = this.time;
    this.#playing = false;
  }

  play(): void {
    this.#playing = true;
  }

  /** Real time has passed: while it plays, the shown time follows at its speed. */
  advance(elapsedMs: number): void {
    if (this.#t === null || !this.#playing) return;
    const next = this.#t + elapsedMs * this.#speed;
    const end = this.end();
    this.#t = Math.min(next, end);
    // Who plays as fast as time itself and has come to its end is live again.
    if (next >= end && this.#speed >= 1) this.live();
  }
}

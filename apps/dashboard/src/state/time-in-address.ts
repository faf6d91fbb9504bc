import type { Playhead } from './playhead.svelte.js';
import type { Router } from './router.svelte.js';
import { Throttle } from './throttle.js';
import type { TimeRange } from './time-range.svelte.js';

/** Browsers forbid an address that changes all the time, ms. */
const spacingMs = 500;

/** Keeps the playhead and a fixed range in the address, and follows a link that names a time. */
export class TimeInAddress {
  readonly #write = new Throttle(spacingMs, () => this.#put());
  #written: string | undefined;

  constructor(
    readonly router: Router,
    readonly playhead: Playhead,
    readonly range: TimeRange,
  ) {}

  /** The address was changed. One without a time, as of another page, leaves time as it is. */
  read(): void {
    const { t, from, to } = this.router.params;
    if (t === this.#written) return;
    const [at, first, last] = [t, from, to].map(momentOf);
    if (at === null || at === undefined) return;
    this.#written = t;
    this.playhead.seek(at);
    if (typeof first === 'number' && typeof last === 'number' && first < last) {
      this.range.fix({ from: first, to: last });
    }
  }

  /** Time was moved. */
  moved(): void {
    this.#write.request();
  }

  stop(): void {
    this.#write.cancel();
  }

  #put(): void {
    const { isLive, time } = this.playhead;
    const { fixed } = this.range;
    const t = isLive ? null : textOf(time);
    this.#written = t ?? undefined;
    this.router.set({
      t,
      from: fixed && !isLive ? textOf(fixed.from) : null,
      to: fixed && !isLive ? textOf(fixed.to) : null,
    });
  }
}

/** A message flies for less than a millisecond: its moment has to be named too. */
const textOf = (t: number) => String(Math.round(t * 1_000) / 1_000);

function momentOf(text: string | undefined): number | null {
  const t = Number(text);
  return text === undefined || text === '' || !Number.isFinite(t) ? null : t;
}

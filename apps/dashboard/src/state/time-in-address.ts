import { untrack } from 'svelte';
import type { Playhead } from './playhead.svelte.js';
import type { Router } from './router.svelte.js';
import { Throttle } from './throttle.js';
import type { TimeRange } from './time-range.svelte.js';

/** Browsers forbid an address that changes all the time, ms. */
const spacingMs = 500;

/** The parameters that name a time; null for one that is not there. */
interface TimeParams extends Readonly<Record<string, string | null>> {
  readonly t: string | null;
  readonly from: string | null;
  readonly to: string | null;
}

/** Keeps the playhead and a fixed range in the address, and follows a link that names a time. */
export class TimeInAddress {
  readonly #put = new Throttle(spacingMs, () => this.#set());
  /** What this page wrote itself is no link to follow. */
  #written: string | null = null;

  constructor(
    readonly router: Router,
    readonly playhead: Playhead,
    readonly range: TimeRange,
  ) {}

  /** Goes where the address leads. One without a time, as of another page, leaves time as it is. */
  read(): void {
    const { t, from, to } = this.router.params;
    if (t === undefined || t === this.#written) return;
    const [at, first, last] = [t, from, to].map(momentOf);
    this.#written = t;
    untrack(() => {
      if (typeof at === 'number') this.playhead.seek(at);
      if (typeof first === 'number' && typeof last === 'number' && first < last) {
        this.range.fix({ from: first, to: last });
      }
    });
  }

  /** Writes where time stands into the address, soon. */
  write(): void {
    const { params } = this.router;
    const wanted = Object.entries(this.#wanted());
    if (wanted.every(([name, value]) => (params[name] ?? null) === value)) return;
    untrack(() => this.#put.request());
  }

  stop(): void {
    this.#put.cancel();
  }

  #set(): void {
    const wanted = this.#wanted();
    this.#written = wanted.t;
    this.router.set(wanted);
  }

  #wanted(): TimeParams {
    const { isLive, time } = this.playhead;
    if (isLive) return { t: null, from: null, to: null };
    const { fixed } = this.range;
    return {
      t: textOf(time),
      from: fixed && textOf(fixed.from),
      to: fixed && textOf(fixed.to),
    };
  }
}

/** A message flies for less than a millisecond: its moment has to be named too. */
const textOf = (t: number) => String(Math.round(t * 1_000) / 1_000);

function momentOf(text: string | undefined): number | null {
  const t = Number(text);
  return text === undefined || text === '' || !Number.isFinite(t) ? null : t;
}

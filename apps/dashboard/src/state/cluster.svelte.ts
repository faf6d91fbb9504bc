import type { Address } from '../api/node-streams.js';
import type { SupervisorSkew } from '../api/supervisor-stream.js';
import { announcements, type Announcement } from '../core/cluster/announcements.js';
import { type ClusterView, emptyView } from '../core/cluster/cluster-view.js';
import { reachableUrl } from '../core/cluster/node-url.js';
import type { FeedEntry } from '../core/history/event-log.js';
import type { History } from '../core/history/history.js';
import type { Change } from '../core/history/record.js';
import type { RecordingHeader } from '../core/recording/header.js';
import { firstView } from '../core/recording/opening.js';
import type { Recording } from '../core/recording/read-recording.js';
import { ClusterListener, type KeyWatch } from './cluster-listener.js';
import type { Notice } from './notices.svelte.js';
import { pageTime } from './page-clock.js';
import type { Bounds, Playhead } from './playhead.svelte.js';
import { Throttle } from './throttle.js';

/** Numbers are redrawn this often, ms: faster than that nobody reads them. */
const tickMs = 250;
/** What changes who does what is drawn at once, but no more often than this, ms. */
const urgentMs = 50;

interface Tell {
  /** What is to be said to people who do not see the page. */
  readonly announce: (news: readonly Announcement[]) => void;
  readonly notice: (notice: Notice) => void;
}

/**
 * The cluster, for components: plain history and sockets inside, reactive values outside. Sockets
 * only write to the history; one throttled refresh makes a new view of it, at the playhead.
 */
export class Cluster {
  readonly #listener: ClusterListener;
  readonly #urgent = new Throttle(urgentMs, () => this.#refresh());
  #view = $state.raw<ClusterView>(emptyView);
  #present = $state.raw<ClusterView>(emptyView);
  #recording = $state.raw<RecordingHeader | null>(null);
  #supervisorSkew = $state.raw<SupervisorSkew | null>(null);
  /** Replaced, never changed, whenever the history within has grown. */
  #shown: { readonly history: History };
  #grew = false;

  /**
   * @param page where this page came from
   * @param playhead the moment to show
   */
  constructor(
    readonly page: { readonly origin: string; readonly hostname: string },
    readonly playhead: Playhead,
    readonly tell: Tell,
  ) {
    this.#listener = new ClusterListener(page, {
      heard: (change) => this.#note(change),
      notice: tell.notice,
      skew: (skew) => (this.#supervisorSkew = skew),
    });
    this.#shown = $state.raw({ history: this.#listener.history });
  }

  /** The cluster at the playhead: what pages show. */
  get view(): ClusterView {
    return this.#view;
  }

  /** The cluster now: what can be acted upon. Nothing, while a recording is open. */
  get present(): ClusterView {
    return this.#present;
  }

  /** All that is known. Who reads it in a component is drawn anew when it has grown. */
  get history(): History {
    return this.#shown.history;
  }

  /** The recording that is shown in place of the live cluster; null for none. */
  get recording(): RecordingHeader | null {
    return this.#recording;
  }

  /** How the supervisor differs from this page, which it serves; null when it does not. */
  get supervisorSkew(): SupervisorSkew | null {
    return this.#supervisorSkew;
  }

  /** Between which moments time can be moved. */
  get bounds(): Bounds {
    const { recording } = this;
    if (recording) return { from: recording.from, to: recording.to, live: false };
    const to = pageTime();
    return { from: this.history.span?.from ?? to, to, live: true };
  }

  /** The newest entries of the feed up to the playhead, newest first; of some nodes or of all. */
  latestEvents(limit: number, of: readonly string[] | null): FeedEntry[] {
    const until = this.playhead.isLive ? Infinity : this.playhead.time;
    return this.history.events.latest(limit, of, until);
  }

  /** Where this page reaches a node; null for one without an address. */
  addressOf(id: string): Address | null {
    const url = this.present.nodes.find((node) => node.id === id)?.url;
    return url ? { id, url: reachableUrl(url, this.page.hostname) } : null;
  }

  /** Whether a node answers. */
  isLive(id: string): boolean {
    return this.present.nodes.some((node) => node.id === id && node.vitality === 'live');
  }

  /** Listens to everybody until the answer is called. */
  start(): () => void {
    this.#listener.start();
    const timer = setInterval(() => this.#refresh(), tickMs);
    return () => {
      clearInterval(timer);
      this.#urgent.cancel();
      this.#listener.stop();
    };
  }

  /** Does not wait for the next attempt of those that could not be reached. */
  readonly retry = (): void => {
    this.#listener.stop();
    this.#listener.start();
  };

  /** Tells one watcher at a time of changed keys, until the answer is called. */
  watchKeys(watch: KeyWatch): () => void {
    return this.#listener.watchKeys(watch);
  }

  /** Shows a recording from its beginning. Nobody is listened to meanwhile. */
  open({ header, history }: Recording): void {
    this.#listener.stop();
    this.#recording = header;
    this.#shown = { history };
    this.playhead.pause();
    this.playhead.seek(firstView(history) ?? header.from);
    this.#refresh();
  }

  /** Goes back to the live cluster, which is heard again from where it was left. */
  close(): void {
    this.#recording = null;
    this.#shown = { history: this.#listener.history };
    this.playhead.live();
    this.#listener.start();
    this.#refresh();
  }

  /** The playhead was moved: what it shows now is drawn at once. */
  readonly moved = (): void => this.#urgent.request();

  #note(change: Change): void {
    if (change !== 'none') this.#grew = true;
    if (change === 'weighty') this.#urgent.request();
  }

  #refresh(): void {
    const { history } = this.#shown;
    if (this.#recording) {
      this.#view = history.viewAt(this.playhead.time);
      this.#present = emptyView;
      return;
    }
    const before = this.#present;
    this.#present = history.viewAt(pageTime());
    this.#view = this.playhead.isLive ? this.#present : history.viewAt(this.playhead.time);
    if (this.#grew) this.#shown = { history };
    this.#grew = false;
    // What was there when the page came is no news.
    if (before.verdict.health !== 'connecting') {
      this.tell.announce(announcements(before, this.#present));
    }
  }
}

import type { KeysChanged } from '@quorate/contract';
import type { HistoryRecord } from '../core/history/record.js';
import { type Address, NodeStreams } from '../api/node-streams.js';
import type { NodeListener } from '../api/node-stream.js';
import { listenToSupervisor } from '../api/supervisor-stream.js';
import { announcements, type Announcement } from '../core/cluster/announcements.js';
import { type ClusterView, emptyView } from '../core/cluster/cluster-view.js';
import { reachableUrl } from '../core/cluster/node-url.js';
import type { FeedEntry } from '../core/history/event-log.js';
import { History } from '../core/history/history.js';
import { LostLinks } from './lost-links.js';
import type { Notice } from './notices.svelte.js';
import { pageTime } from './page-clock.js';
import type { Playhead } from './playhead.svelte.js';
import { Throttle } from './throttle.js';

/** Numbers are redrawn this often, ms: faster than that nobody reads them. */
const tickMs = 250;
/** What changes who does what is drawn at once, but no more often than this, ms. */
const urgentMs = 50;

/** Who wants to be told of changed keys. */
export interface KeyWatch {
  readonly node: string;
  readonly prefix: string;
  readonly take: (changed: KeysChanged) => void;
}

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
  readonly #streams = new NodeStreams((id) => this.#listenerFor(id));
  readonly #urgent = new Throttle(urgentMs, () => this.#refresh());
  #view = $state.raw<ClusterView>(emptyView);
  #present = $state.raw<ClusterView>(emptyView);
  /** Replaced, never changed, whenever the history within has grown. */
  #heard = $state.raw({ history: new History() });
  #grew = false;
  #stopSupervisor = (): void => undefined;
  readonly #lost = new LostLinks();
  #keyWatch: KeyWatch | null = null;

  /**
   * @param page where this page came from
   * @param playhead the moment to show
   */
  constructor(
    readonly page: { readonly origin: string; readonly hostname: string },
    readonly playhead: Playhead,
    readonly tell: Tell,
  ) {}

  /** The cluster at the playhead: what pages show. */
  get view(): ClusterView {
    return this.#view;
  }

  /** The cluster now: what can be acted upon. */
  get present(): ClusterView {
    return this.#present;
  }

  /** All that was heard. Who reads it in a component is drawn anew when it has grown. */
  get history(): History {
    return this.#heard.history;
  }

  /** The newest entries of the feed up to the playhead, newest first; of one node or of all. */
  latestEvents(limit: number, node: string | null): FeedEntry[] {
    const until = this.playhead.isLive ? Infinity : this.playhead.time;
    return this.history.events.latest(limit, node, until);
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
    this.#stopSupervisor = this.#listenToSupervisor();
    const timer = setInterval(() => this.#refresh(), tickMs);
    return () => {
      clearInterval(timer);
      this.#urgent.cancel();
      this.#stopSupervisor();
      this.#streams.follow([]);
    };
  }

  /** Does not wait for the next attempt of those that could not be reached. */
  readonly retry = (): void => {
    this.#stopSupervisor();
    this.#streams.follow([]);
    this.#stopSupervisor = this.#listenToSupervisor();
    this.#followAddresses();
  };

  /** Tells one watcher at a time of changed keys, until the answer is called. */
  watchKeys(watch: KeyWatch): () => void {
    this.#setKeyWatch(watch);
    return () => {
      if (this.#keyWatch === watch) this.#setKeyWatch(null);
    };
  }

  #setKeyWatch(watch: KeyWatch | null): void {
    const before = this.#keyWatch;
    this.#keyWatch = watch;
    if (before) this.#streams.renewKeys(before.node);
    if (watch && watch.node !== before?.node) this.#streams.renewKeys(watch.node);
  }

  /** The playhead was moved: what it shows now is drawn at once. */
  readonly moved = (): void => this.#urgent.request();

  #take(record: HistoryRecord): void {
    const change = this.#heard.history.take(record);
    if (change !== 'none') this.#grew = true;
    if (change === 'weighty') this.#urgent.request();
  }

  #listenToSupervisor(): () => void {
    return listenToSupervisor(this.page.origin, {
      onLink: (link) => this.#take({ t: pageTime(), kind: 'supervisor', link }),
      onProcesses: (list) => {
        this.#take({ t: pageTime(), kind: 'processes', list });
        this.#followAddresses();
      },
    });
  }

  #followAddresses(): void {
    this.#streams.follow(
      this.#heard.history.listening.map(({ id, url }) => ({
        id,
        url: reachableUrl(url, this.page.hostname),
      })),
    );
  }

  #listenerFor(node: string): NodeListener {
    return {
      cursor: () => this.#heard.history.cursor(node),
      keys: () => (this.#keyWatch?.node === node ? this.#keyWatch.prefix : null),
      onLink: (link, problem) => {
        if (link === 'closed') this.#lost.add(node, this.#heard.history.cursor(node));
        this.#take({ t: pageTime(), kind: 'link', node, link, problem });
      },
      onGarbage: (problem) =>
        this.#take({ t: pageTime(), kind: 'link', node, link: 'open', problem }),
      onFrame: (frame) => {
        this.#take({ t: pageTime(), kind: 'frame', node, frame });
        this.#followAddresses();
      },
      onEvents: (batch) => {
        const returned = this.#lost.returned(node, batch);
        if (returned) this.tell.notice(returned);
        this.#take({ t: pageTime(), kind: 'events', node, batch });
      },
      onMetrics: (sample) => this.#take({ t: pageTime(), kind: 'metrics', node, sample }),
      onKeys: (changed) => {
        if (this.#keyWatch?.node === node) this.#keyWatch.take(changed);
      },
      onTrace: (batch) => this.#take({ t: pageTime(), kind: 'trace', node, batch }),
    };
  }

  #refresh(): void {
    const { history } = this.#heard;
    const before = this.#present;
    this.#present = history.viewAt(pageTime());
    this.#view = this.playhead.isLive ? this.#present : history.viewAt(this.playhead.time);
    if (this.#grew) this.#heard = { history };
    this.#grew = false;
    // What was there when the page came is no news.
    if (before.verdict.health !== 'connecting') {
      this.tell.announce(announcements(before, this.#present));
    }
  }
}

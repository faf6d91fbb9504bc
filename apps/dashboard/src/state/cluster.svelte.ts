import type { NodeListener } from '../api/node-stream.js';
import { NodeStreams, type Address } from '../api/node-streams.js';
import { listenToSupervisor } from '../api/supervisor-stream.js';
import { announcements } from '../core/announcements.js';
import { ClusterModel } from '../core/cluster-model.js';
import { emptyView, type ClusterView } from '../core/cluster-view.js';
import type { FeedEntry } from '../core/event-log.js';
import { reachableUrl } from '../core/node-url.js';
import { Throttle } from './throttle.js';

/** Numbers are redrawn this often, ms: faster than that nobody reads them. */
const tickMs = 250;
/** What changes who does what is drawn at once, but no more often than this, ms. */
const urgentMs = 50;

/**
 * The live cluster, for components: plain model and sockets inside, reactive values outside.
 * Sockets only write to the model; one throttled refresh makes a new view of it.
 */
export class Cluster {
  readonly #model = new ClusterModel();
  readonly #streams = new NodeStreams((id) => this.#listenerFor(id));
  readonly #urgent = new Throttle(urgentMs, () => this.#refresh());
  #view = $state.raw<ClusterView>(emptyView);
  /** Replaced, never changed, whenever the log within has grown. */
  #feed = $state.raw({ log: this.#model.events });
  #feedGrew = false;

  /**
   * @param page where this page came from
   * @param announce takes sentences for people who do not see the page
   */
  constructor(
    readonly page: { readonly origin: string; readonly hostname: string },
    readonly announce: (sentences: readonly string[]) => void,
  ) {}

  get view(): ClusterView {
    return this.#view;
  }

  /** The newest entries of the feed, newest first; of one node or of all. */
  latestEvents(limit: number, node: string | null): FeedEntry[] {
    return this.#feed.log.latest(limit, node);
  }

  /** Where this page reaches a node; null for one without an address. */
  addressOf(id: string): Address | null {
    const url = this.view.nodes.find((node) => node.id === id)?.url;
    return url ? { id, url: reachableUrl(url, this.page.hostname) } : null;
  }

  /** Whether a node answers. */
  isLive(id: string): boolean {
    return this.view.nodes.some((node) => node.id === id && node.vitality === 'live');
  }

  /** Listens to everybody until the answer is called. */
  start(): () => void {
    const stopSupervisor = listenToSupervisor(this.page.origin, {
      onLink: (link) => {
        this.#model.supervisorLink(link);
        this.#urgent.request();
      },
      onProcesses: (list) => {
        this.#model.processes(list);
        this.#followAddresses();
        this.#urgent.request();
      },
    });
    const timer = setInterval(() => this.#refresh(), tickMs);
    return () => {
      clearInterval(timer);
      this.#urgent.cancel();
      stopSupervisor();
      this.#streams.follow([]);
    };
  }

  #followAddresses(): void {
    this.#streams.follow(
      this.#model.listening.map(({ id, url }) => ({
        id,
        url: reachableUrl(url, this.page.hostname),
      })),
    );
  }

  #listenerFor(id: string): NodeListener {
    return {
      cursor: () => this.#model.cursor(id),
      onLink: (link, problem) => {
        this.#model.nodeLink(id, link, problem);
        this.#urgent.request();
      },
      onGarbage: (problem) => {
        this.#model.nodeLink(id, 'open', problem);
      },
      onFrame: (frame) => {
        if (!this.#model.frame(id, frame, performance.now())) return;
        this.#followAddresses();
        this.#urgent.request();
      },
      onEvents: (batch) => {
        if (this.#model.eventBatch(id, batch) > 0) this.#feedGrew = true;
      },
    };
  }

  #refresh(): void {
    const before = this.#view;
    this.#view = this.#model.view(performance.now(), Date.now());
    if (this.#feedGrew) this.#feed = { log: this.#model.events };
    this.#feedGrew = false;
    // What was there when the page came is no news.
    if (before.verdict.health !== 'connecting') this.announce(announcements(before, this.#view));
  }
}

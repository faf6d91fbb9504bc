import type { KeysChanged } from '@quorate/contract';
import type { NodeListener } from '../api/node-stream.js';
import { NodeStreams } from '../api/node-streams.js';
import { listenToSupervisor, type SupervisorSkew } from '../api/supervisor-stream.js';
import { reachableUrl } from '../core/cluster/node-url.js';
import { History } from '../core/history/history.js';
import type { Change, HistoryRecord } from '../core/history/record.js';
import { LostLinks } from './lost-links.js';
import type { Notice } from './notices.svelte.js';
import { pageTime } from './page-clock.js';

/** Who wants to be told of changed keys. */
export interface KeyWatch {
  readonly node: string;
  readonly prefix: string;
  readonly take: (changed: KeysChanged) => void;
}

/** The sockets of this page: they only write to its history. */
export class ClusterListener {
  readonly history = new History();
  readonly #streams = new NodeStreams((id) => this.#listenerFor(id));
  readonly #lost = new LostLinks();
  #keyWatch: KeyWatch | null = null;
  #stopSupervisor: (() => void) | null = null;

  /**
   * @param page where this page came from
   * @param tell hears of every change of the history, of nodes that can be heard again, and of a
   * supervisor that is not of this page's version
   */
  constructor(
    readonly page: { readonly origin: string; readonly hostname: string },
    readonly tell: {
      readonly heard: (change: Change) => void;
      readonly notice: (notice: Notice) => void;
      readonly skew: (skew: SupervisorSkew | null) => void;
    },
  ) {}

  /** Listens to everybody; goes on where it was stopped. */
  start(): void {
    this.#stopSupervisor ??= listenToSupervisor(this.page.origin, {
      onLink: (link) => this.#take({ t: pageTime(), kind: 'supervisor', link }),
      onProcesses: (list) => {
        this.#take({ t: pageTime(), kind: 'processes', list });
        this.#followAddresses();
      },
      onSkew: this.tell.skew,
    });
    this.#followAddresses();
  }

  stop(): void {
    this.#stopSupervisor?.();
    this.#stopSupervisor = null;
    this.#streams.follow([]);
  }

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

  #take(record: HistoryRecord): void {
    this.tell.heard(this.history.take(record));
  }

  #followAddresses(): void {
    this.#streams.follow(
      this.history.listening.map(({ id, url }) => ({
        id,
        url: reachableUrl(url, this.page.hostname),
      })),
    );
  }

  #listenerFor(node: string): NodeListener {
    return {
      cursor: () => this.history.cursor(node),
      keys: () => (this.#keyWatch?.node === node ? this.#keyWatch.prefix : null),
      onLink: (link, problem) => {
        if (link === 'closed') this.#lost.add(node, this.history.cursor(node));
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
}

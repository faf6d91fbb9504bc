import type { KeysChanged } from '@quorate/contract';
import { type FreshKeys, noFreshKeys, refreshed } from '../../core/data/fresh-keys.js';
import { groupsAround } from '../../core/data/key-tree.js';
import { Throttle } from '../throttle.js';
import { KeyBrowser, type Source } from './key-browser.svelte.js';
import { KeyEdit } from './key-edit.svelte.js';
import { KeySearch } from './key-search.svelte.js';
import { OpenKey } from './open-key.svelte.js';
import { Writes } from './writes.svelte.js';

/** While keys change that nobody names, the open one is read again this often, ms. */
const rereadMs = 1_000;

/** All state of the Data page: what is looked at, and what is done to it. */
export class DataDesk {
  readonly browser = new KeyBrowser();
  readonly search = new KeySearch();
  readonly writes = new Writes();
  #source = $state.raw<Source | null>(null);
  #open = $state.raw<OpenKey | null>(null);
  #edit = $state.raw<KeyEdit | null>(null);
  #fresh = $state.raw(noFreshKeys);
  #isSubscribed = false;
  readonly #reread = new Throttle(rereadMs, () => this.reread());

  get source(): Source | null {
    return this.#source;
  }

  get open(): OpenKey | null {
    return this.#open;
  }

  /** The open key while it is edited, or one that is to be made. */
  get edit(): KeyEdit | null {
    return this.#edit;
  }

  /** Keys that lit up of late. */
  get fresh(): FreshKeys {
    return this.#fresh;
  }

  /** Another node is asked, or at another level. */
  ask(source: Source | null, place: string): void {
    this.#source = source;
    this.#isSubscribed = false;
    this.browser.look(source, [...this.browser.openGroups, ...groupsAround(place)]);
    this.reread();
  }

  /** Reads everything once more. */
  refresh(): void {
    this.browser.look(this.#source, this.browser.openGroups);
    this.reread();
  }

  /** Reads again what could not be read. */
  retry(): void {
    if (this.browser.problem !== null) this.refresh();
    else if (this.#open !== null && this.#open.problem !== null) this.reread();
    if (this.search.state === 'failed') this.search.more();
  }

  /** Shows a key; null for none. What was being edited is let go of. */
  show(key: string | null): void {
    this.#edit = null;
    this.#open = key === null ? null : new OpenKey(key);
    this.reread();
  }

  reread(): void {
    if (this.#source !== null) void this.#open?.read(this.#source);
  }

  startEdit(): void {
    if (this.#open !== null) {
      this.#edit = new KeyEdit(this.#open.key, this.#open.found, this.writes);
    }
  }

  /** A key is to be made, perhaps in a group. */
  startNew(prefix: string): void {
    this.#edit = new KeyEdit(prefix, null, this.writes);
  }

  endEdit(): void {
    this.#edit = null;
    this.reread();
  }

  /** The node tells of changes. The first message after each connection names none: it may be late. */
  told(changed: KeysChanged, now: number): void {
    const { changes } = changed;
    if (changes?.length === 0) {
      if (this.#isSubscribed) this.refresh();
      this.#isSubscribed = true;
      return;
    }
    this.browser.told(changed);
    if (changes === null) {
      if (this.#edit === null) this.#reread.request();
      return;
    }
    const keys = changes.map(({ key }) => key);
    this.#fresh = refreshed(this.#fresh, keys, now);
    for (const change of changes) this.#open?.told(change);
    if (this.#edit === null && this.#open?.change) this.reread();
  }

  close(): void {
    this.#reread.cancel();
    this.search.stop();
  }
}

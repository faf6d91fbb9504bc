import { getContext } from 'svelte';
import { Announcer } from './announcer.svelte.js';
import { Cluster } from './cluster.svelte.js';
import { Confirmation } from './confirmation.svelte.js';
import { Joins } from './joins.svelte.js';
import { Keys } from './keys.svelte.js';
import { Preferences, type Memory } from './preferences.svelte.js';
import { Processes } from './processes.svelte.js';

/** All state of the page, made once and handed to components through the context. */
export class Desk {
  readonly announcer = new Announcer();
  readonly confirmation = new Confirmation();
  readonly processes = new Processes();
  readonly cluster: Cluster;
  readonly joins: Joins;
  readonly keys: Keys;
  readonly preferences: Preferences;

  constructor(page: Cluster['page'], memory: Memory | null) {
    this.cluster = new Cluster(page, this.announcer.say);
    this.joins = new Joins(this.cluster);
    this.keys = new Keys((id) => this.cluster.addressOf(id));
    this.preferences = new Preferences(memory);
  }
}

/** Where the page puts it in the context. */
export const deskKey = Symbol('desk');

export const useDesk = (): Desk => getContext(deskKey);

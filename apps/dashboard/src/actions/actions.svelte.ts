import type { Desk } from '../state/desk.svelte.js';
import { type Action, changesCluster } from './action.js';
import { providers } from './providers.js';

/** All that can be done on this page now: what buttons, menus, shortcuts and the palette show. */
export class Actions {
  readonly #all = $derived.by(() => this.#gathered());

  constructor(readonly desk: Desk) {}

  get all(): readonly Action[] {
    return this.#all;
  }

  /** What can be done with one node. */
  of(node: string): Action[] {
    return this.#all.filter((action) => action.node === node);
  }

  find(id: string): Action | null {
    return this.#all.find((action) => action.id === id) ?? null;
  }

  /** Why the cluster cannot be acted upon from where the page stands; null when it can. */
  get hindrance(): string | null {
    const { cluster, playhead, t } = this.desk;
    if (cluster.recording) return t.actions.recorded;
    return playhead.isLive ? null : t.actions.past;
  }

  #gathered(): Action[] {
    const { hindrance } = this;
    const { recording } = this.desk.cluster;
    const all = providers.flatMap((provide) => provide(this.desk));
    if (hindrance === null) return all;
    return all.map((action) => {
      const free = !changesCluster(action) || (action.inPast && !recording);
      return free ? action : { ...action, unavailable: hindrance };
    });
  }
}

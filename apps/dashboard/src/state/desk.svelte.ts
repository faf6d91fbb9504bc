import { getContext } from 'svelte';
import { Actions } from '../actions/actions.svelte.js';
import { Appearance } from './appearance.svelte.js';
import { Announcer } from './announcer.svelte.js';
import { Chaos } from './chaos.svelte.js';
import { Cluster } from './cluster.svelte.js';
import { Confirmation } from './confirmation.svelte.js';
import { JoinWizard } from './join-wizard.svelte.js';
import { Keys } from './keys.svelte.js';
import { Membership } from './membership.svelte.js';
import { NodeActs } from './node-acts.svelte.js';
import type { ClusterView } from '../core/cluster/cluster-view.js';
import type { Catalogue } from '../i18n/catalogue.js';
import { say } from '../i18n/phrases.js';
import { Notices } from './notices.svelte.js';
import { Overlay } from './overlay.svelte.js';
import { Playhead } from './playhead.svelte.js';
import { Preferences, type Memory } from './preferences.svelte.js';
import { Recordings } from './recordings.svelte.js';
import { Router } from './router.svelte.js';
import { TimeInAddress } from './time-in-address.js';
import { TimeRange } from './time-range.svelte.js';
import { Wording } from './wording.svelte.js';

/** All state of the page, made once and handed to components through the context. */
export class Desk {
  readonly announcer = new Announcer();
  readonly confirmation = new Confirmation();
  readonly notices = new Notices();
  readonly overlay = new Overlay();
  readonly playhead: Playhead = new Playhead(() => this.cluster.bounds);
  readonly range = new TimeRange(this.playhead);
  readonly wording = new Wording();
  readonly actions = new Actions(this);
  readonly appearance: Appearance;
  readonly chaos: Chaos;
  readonly cluster: Cluster;
  readonly acts: NodeActs;
  readonly membership: Membership;
  readonly joinWizard: JoinWizard;
  readonly keys: Keys;
  readonly preferences: Preferences;
  readonly recordings: Recordings;
  readonly router: Router;
  readonly timeInAddress: TimeInAddress;

  constructor(window: Pick<Window, 'location' | 'history'>, memory: Memory | null) {
    this.cluster = new Cluster(window.location, this.playhead, {
      announce: (news) =>
        this.announcer.say(news.map((one) => say(this.t.cluster.announcements, one))),
      notice: this.notices.add,
    });
    const addressOf = (id: string) => this.cluster.addressOf(id);
    this.acts = new NodeActs(addressOf);
    this.membership = new Membership(this.cluster);
    this.joinWizard = new JoinWizard(this.cluster, this.membership);
    this.keys = new Keys(addressOf);
    this.chaos = new Chaos(this.cluster, memory);
    this.preferences = new Preferences(memory);
    this.appearance = new Appearance(this.preferences);
    this.recordings = new Recordings(this.cluster, this.range);
    this.router = new Router(window);
    this.timeInAddress = new TimeInAddress(this.router, this.playhead, this.range);
  }

  /** The cluster at the playhead. */
  get view(): ClusterView {
    return this.cluster.view;
  }

  /** The words of the page. */
  get t(): Catalogue {
    return this.wording.t;
  }
}

/** Where the page puts it in the context. */
export const deskKey = Symbol('desk');

export const useDesk = (): Desk => getContext(deskKey);

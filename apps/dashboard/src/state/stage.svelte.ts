import { officesOf, withOffices } from '../core/stage/offices.js';
import { emptyScene, type Scene, sceneAt } from '../core/stage/scene.js';
import { shownMs } from '../core/stage/choreography.js';
import type { Cluster } from './cluster.svelte.js';
import type { Playhead } from './playhead.svelte.js';

/** The present of the stage is behind everybody's: both ends of each message are known by then, ms. */
export const lagMs = 1_500;
/** What changes who does what is drawn within this, ms. */
const lookMs = 50;
/** Numbers are redrawn this often, ms. */
const numbersMs = 250;

/** The moment that the stage shows, and the cluster at it. */
export class Stage {
  #scene = $state.raw<Scene>(emptyScene);

  constructor(
    readonly cluster: Cluster,
    readonly playhead: Playhead,
  ) {}

  get scene(): Scene {
    return this.#scene;
  }

  /** Page time. Live, it is read anew with each call. */
  get time(): number {
    const { isLive, time } = this.playhead;
    return isLive ? time - lagMs : time;
  }

  /** The spectator's time runs at this speed. */
  get speed(): number {
    return this.playhead.isLive ? 1 : this.playhead.speed;
  }

  /** What a flight takes at least, to be seen. */
  get leastMs(): number {
    return shownMs * this.speed;
  }

  /** Looks at the cluster until the answer is called. */
  start(): () => void {
    const timer = setInterval(() => this.look(), lookMs);
    this.playhead.behindMs = lagMs;
    this.look();
    return () => {
      clearInterval(timer);
      this.playhead.behindMs = 0;
    };
  }

  look(): void {
    const { history } = this.cluster;
    const { playing } = this.playhead;
    const shown = this.#scene.view;
    const t = this.time;
    if (t === shown.at) return;
    const view = withOffices(history, history.viewAt(t));
    // Who steps wants to see each step.
    const due = !playing || Math.abs(t - shown.at) >= numbersMs * this.speed;
    if (due || officesOf(view) !== officesOf(shown)) {
      this.#scene = sceneAt(history, view, this.speed);
    }
  }
}

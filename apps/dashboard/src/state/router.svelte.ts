import { href, type Page, type Place, placeOf } from '../core/place.js';

/** Where this page stands: its address is all there is to know about it. */
export class Router {
  #place: Place;
  /** The address that `#place` was read from. */
  #known: string;

  /** @param window whose address it is */
  constructor(private readonly window: Pick<Window, 'location' | 'history'>) {
    this.#known = window.location.hash;
    this.#place = $state.raw(placeOf(this.#known));
  }

  get page(): Page {
    return this.#place.page;
  }

  get item(): string | null {
    return this.#place.item;
  }

  get params(): Place['params'] {
    return this.#place.params;
  }

  /** Goes to another place; the browser's way back leads here again. */
  go(page: Page, item: string | null = null, params: Place['params'] = {}): void {
    this.window.location.hash = href(page, item, params);
  }

  /** Changes parameters of this place, without a step of its own in the browser's history; null takes one away. */
  set(changes: Readonly<Record<string, string | null>>): void {
    // A link is being followed, and its event is yet to come: this place is left already.
    if (this.window.location.hash !== this.#known) return;
    const { page, item, params } = this.#place;
    const merged = Object.entries({ ...params, ...changes }).flatMap(([name, value]) =>
      value === null ? [] : [[name, value]],
    );
    this.#place = { page, item, params: Object.fromEntries(merged) as Place['params'] };
    this.window.history.replaceState(null, '', href(page, item, this.#place.params));
    this.#known = this.window.location.hash;
  }

  /** The address was changed, by a link or by hand. */
  readonly moved = (): void => {
    this.#known = this.window.location.hash;
    this.#place = placeOf(this.#known);
  };
}

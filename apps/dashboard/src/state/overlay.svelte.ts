/** What can lie over the page. */
export type Over = 'help' | 'palette' | 'settings';

/** Which dialog of the frame is open: at most one. */
export class Overlay {
  #open = $state<Over | null>(null);

  get open(): Over | null {
    return this.#open;
  }

  show(over: Over): void {
    this.#open = over;
  }

  readonly close = (): void => {
    this.#open = null;
  };
}

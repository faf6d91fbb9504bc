/** A notice stands this long, ms. */
const standMs = 8_000;
/** More than this at once nobody reads: the oldest go. */
const most = 4;

/** Something that happened to this page itself. */
export type Notice = {
  /** A lost connection to a node came back, and what it told of the meantime. */
  readonly kind: 'returned';
  readonly node: string;
  readonly events: number;
  /** Events that it no longer had. */
  readonly missing: number;
};

interface Standing {
  readonly id: number;
  readonly notice: Notice;
}

/** Notices that stand on the page now. */
export class Notices {
  #all = $state.raw<readonly Standing[]>([]);
  #count = 0;

  get all(): readonly Standing[] {
    return this.#all;
  }

  readonly add = (notice: Notice): void => {
    this.#count += 1;
    const id = this.#count;
    this.#all = [...this.#all, { id, notice }].slice(-most);
    setTimeout(() => this.dismiss(id), standMs);
  };

  dismiss(id: number): void {
    this.#all = this.#all.filter((standing) => standing.id !== id);
  }
}

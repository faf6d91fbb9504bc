import { listenToNode, type NodeListener, type NodeStream } from './node-stream.js';

export interface Address {
  readonly id: string;
  /** Origin, reachable from this page. */
  readonly url: string;
}

/** One socket for each node that has an address, at the address that it has now. */
export class NodeStreams {
  readonly #open = new Map<string, { readonly url: string; readonly stream: NodeStream }>();

  constructor(
    readonly listener: (id: string) => NodeListener,
    readonly listen: typeof listenToNode = listenToNode,
  ) {}

  follow(addresses: readonly Address[]): void {
    const wanted = new Map(addresses.map(({ id, url }) => [id, url]));
    for (const [id, { url, stream }] of this.#open) {
      if (wanted.get(id) === url) continue;
      stream.close();
      this.#open.delete(id);
    }
    for (const [id, url] of wanted) {
      if (this.#open.has(id)) continue;
      this.#open.set(id, { url, stream: this.listen(url, this.listener(id)) });
    }
  }

  /** Its listener wants changes of other keys now. */
  renewKeys(id: string): void {
    this.#open.get(id)?.stream.renewKeys();
  }
}

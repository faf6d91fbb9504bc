import { listenToNode, type NodeListener } from './node-stream.js';

export interface Address {
  readonly id: string;
  /** Origin, reachable from this page. */
  readonly url: string;
}

/** One socket for each node that has an address, at the address that it has now. */
export class NodeStreams {
  readonly #open = new Map<string, { readonly url: string; readonly stop: () => void }>();

  constructor(
    readonly listener: (id: string) => NodeListener,
    readonly listen: typeof listenToNode = listenToNode,
  ) {}

  follow(addresses: readonly Address[]): void {
    const wanted = new Map(addresses.map(({ id, url }) => [id, url]));
    for (const [id, { url, stop }] of this.#open) {
      if (wanted.get(id) === url) continue;
      stop();
      this.#open.delete(id);
    }
    for (const [id, url] of wanted) {
      if (this.#open.has(id)) continue;
      this.#open.set(id, { url, stop: this.listen(url, this.listener(id)) });
    }
  }
}

import type { Cluster } from './cluster.js';

interface Load {
  /** After so long it waits for an answer no longer. */
  readonly patienceMs?: number;
  /** How many writes are on their way at a time. */
  readonly atOnce?: number;
  /** So many keys are written in turn; else each write has a key of its own. */
  readonly keys?: number;
}

/** Writes key after key at whichever node answers, and remembers what was acknowledged. */
export class Writer {
  readonly acknowledged = new Map<string, string>();
  private running = true;
  private next = 0;
  private readonly finished: Promise<unknown>;

  constructor(
    private readonly cluster: Cluster,
    private readonly ids: readonly string[],
    private readonly load: Load = {},
  ) {
    this.finished = this.run();
  }

  async stop(): Promise<void> {
    this.running = false;
    await this.finished;
  }

  private async run(): Promise<void> {
    const { atOnce = 1 } = this.load;
    const urls = await Promise.all(this.ids.map(async (id) => (await this.cluster.node(id)).url));
    await Promise.all(Array.from({ length: atOnce }, () => this.write(urls)));
  }

  private async write(urls: readonly string[]): Promise<void> {
    const { patienceMs = 3_000, keys = Infinity } = this.load;
    while (this.running) {
      const i = this.next++;
      const [key, value] = [`load-${i % keys}`, String(i)];
      const url = `${urls[i % urls.length]}/kv/${key}`;
      const init = { method: 'PUT', body: value, signal: AbortSignal.timeout(patienceMs) };
      const response = await fetch(url, init).catch(() => null);
      await response?.arrayBuffer().catch(() => null);
      if (response?.ok === true) this.acknowledged.set(key, value);
    }
  }
}

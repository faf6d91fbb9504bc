import type { Cluster } from './cluster.js';

/** Writes key after key at whichever node answers, and remembers what was acknowledged; after `patienceMs` it waits for an answer no longer. */
export class Writer {
  readonly acknowledged = new Map<string, string>();
  private running = true;
  private readonly finished: Promise<void>;

  constructor(
    private readonly cluster: Cluster,
    private readonly ids: readonly string[],
    private readonly patienceMs = 3_000,
  ) {
    this.finished = this.run();
  }

  async stop(): Promise<void> {
    this.running = false;
    await this.finished;
  }

  private async run(): Promise<void> {
    const urls = await Promise.all(this.ids.map(async (id) => (await this.cluster.node(id)).url));
    for (let i = 0; this.running; i++) {
      const [key, value] = [`load-${i}`, String(i)];
      const url = `${urls[i % urls.length]}/kv/${key}`;
      const init = { method: 'PUT', body: value, signal: AbortSignal.timeout(this.patienceMs) };
      const response = await fetch(url, init).catch(() => null);
      await response?.arrayBuffer().catch(() => null);
      if (response?.ok === true) this.acknowledged.set(key, value);
    }
  }
}

import type { Administrator } from './load/administrator.js';
import type { Caller } from './load/caller.js';
import type { Wish } from './oracles/history.js';
import type { Cluster } from './world/cluster.js';

/** Healed, a cluster must have come together and worked again within so many milliseconds each. */
const formMs = 20_000;
const serveMs = 5000;
const agreeMs = 5000;
const againMs = 50;

/**
 * The end of a run (paper §5.6: as long as the system is able to, it must make progress): every node
 * is to be a voter again, serve a write and a read, and have applied what all others have.
 * Each step returns when it holds, or what is missing when its time is over.
 */
export class Recovery {
  constructor(
    private readonly cluster: Cluster,
    private readonly administrator: Administrator,
    private readonly caller: Caller,
  ) {}

  async run(): Promise<string | null> {
    return (await this.form()) ?? (await this.serve()) ?? (await this.agree());
  }

  private async form(): Promise<string | null> {
    const { cluster, administrator } = this;
    const formed = await this.within(
      formMs,
      () => administrator.isContent && cluster.leader() !== undefined,
    );
    if (formed) return null;
    const members = cluster.committed.members.map(
      ({ id, role, incarnation }) => `${id} (${incarnation}) ${role}`,
    );
    return `after ${formMs} ms, ${this.leaderInWords()} leads ${members.join(', ') || 'nobody'}`;
  }

  private async serve(): Promise<string | null> {
    const { cluster, caller } = this;
    const options = { timeoutMs: serveMs / 2, forward: true };
    const missing = new Set<string>();
    // Callers of before may still fill the limits, so who is turned away asks again.
    const insist = (name: string, call: (ended: (succeeded: boolean) => void) => void) => {
      missing.add(name);
      call((succeeded) => {
        if (succeeded) missing.delete(name);
        else cluster.world.timeline.after(againMs, () => insist(name, call));
      });
    };
    const wish: Wish = { key: 1, type: 'set', bytes: 0 };
    const needs = { consistency: 'linearizable', maxStaleMs: 1000, minIndex: 0 } as const;
    const look = { key: wish.key, needs };
    for (const process of cluster.running()) {
      insist(`write at ${process.id}`, (ended) => caller.write(process, options, wish, ended));
      insist(`read at ${process.id}`, (ended) => caller.read(process, options, look, ended));
    }
    if (await this.within(serveMs, () => missing.size === 0)) return null;
    return `after ${serveMs} ms, these wait: ${[...missing].join(', ')}`;
  }

  private async agree(): Promise<string | null> {
    const { cluster } = this;
    const isEqual = () => {
      const last = cluster.leader()?.core.lastIndex;
      return cluster.running().every(({ appliedIndex, core }) => {
        return appliedIndex === last && core.commitIndex === last && core.lastIndex === last;
      });
    };
    if (await this.within(agreeMs, isEqual)) return null;
    const states = cluster
      .running()
      .map(({ id, core, appliedIndex }) => `${id} at ${appliedIndex} of ${core.lastIndex}`);
    return `after ${agreeMs} ms, ${this.leaderInWords()} leads ${states.join(', ')}`;
  }

  private leaderInWords(): string {
    return this.cluster.leader()?.id ?? 'nobody';
  }

  /** Lets time pass until the condition holds. False when it did not in time. */
  private async within(timeoutMs: number, holds: () => boolean): Promise<boolean> {
    const { timeline, journal } = this.cluster.world;
    const end = timeline.now + timeoutMs;
    const isBroken = () => journal.violation !== null;
    while (timeline.now < end && !isBroken() && !holds()) {
      await timeline.runUntil(Math.min(end, timeline.now + 50), isBroken);
    }
    return isBroken() || holds();
  }
}

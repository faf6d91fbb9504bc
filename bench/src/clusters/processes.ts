import { rm } from 'node:fs/promises';
import type { Child } from './child.js';
import type { Killed } from './cluster.js';

/** A member that is a process of this machine. */
export interface Process {
  /** HTTP origin. */
  readonly url: string;
  child: Child;
}

/** What clusters of processes have in common, whoever's they are. */
export abstract class Processes<Member extends Process> {
  /** @param dir of all volumes; gone once the cluster is stopped */
  protected constructor(
    protected readonly dir: string,
    protected readonly members: Member[],
  ) {}

  protected abstract leader(): Promise<Member>;

  get urls(): readonly string[] {
    return this.living.map(({ url }) => url);
  }

  async leaderUrl(): Promise<string> {
    return (await this.leader()).url;
  }

  async killLeader(): Promise<Killed> {
    const { child } = await this.leader();
    const at = performance.now();
    await child.end('SIGKILL');
    return { at, survivors: this.urls };
  }

  async stop(): Promise<void> {
    await Promise.all(this.members.map(({ child }) => child.end('SIGTERM')));
    await rm(this.dir, { recursive: true, force: true });
  }

  protected get living(): Member[] {
    return this.members.filter(({ child }) => child.isRunning);
  }
}

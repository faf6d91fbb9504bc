import { EtcdCluster } from './clusters/etcd.js';
import type { KvCluster } from './clusters/cluster.js';
import { QuorateCluster } from './clusters/quorate.js';
import type { Figures, HttpFigure } from './figures.js';
import { type Generator, generator, type Outcome } from './load/generator.js';
import { type Machine, machine } from './machine.js';
import { rawSyncs } from './measures/disk.js';
import { failoverMs } from './measures/failover.js';
import { bareHandler, fill, load, type Mix, mixes } from './measures/http.js';
import { libraryRates } from './measures/library.js';
import { logStoreRate } from './measures/log-store.js';
import { million } from './measures/million.js';
import { restartMs } from './measures/restart.js';
import { soak } from './measures/soak.js';
import { watchedShare } from './measures/watched.js';
import type { Options } from './options.js';
import type { Plan } from './plan.js';

type Say = (text: string) => void;

/** One run of the benchmark: each cluster is alone on the machine while it is measured. */
export class Run {
  private readonly machine: Machine;
  private readonly generator: Generator = generator();

  constructor(
    private readonly options: Options,
    private readonly plan: Plan,
    private readonly say: Say,
  ) {
    say('the machine and its disk');
    this.machine = machine(options.dir);
  }

  async measure(): Promise<Figures> {
    const { only } = this.options;
    const figures: { -readonly [Name in keyof Figures]: Figures[Name] } = {
      machine: this.machine,
      generator: this.generator.name,
    };
    if (only.includes('log')) figures.log = await this.log();
    if (only.includes('library')) figures.library = await this.library();
    if (only.includes('http')) figures.http = await this.http();
    if (only.includes('failover')) figures.failover = await this.failover();
    if (only.includes('watched')) figures.watched = await this.watched();
    if (only.includes('restart')) figures.restart = await this.restart();
    if (only.includes('million')) figures.million = await this.million();
    if (only.includes('sizes')) figures.sizes = await this.sizes();
    if (only.includes('soak')) figures.soak = await this.soak();
    return figures;
  }

  private async log(): Promise<NonNullable<Figures['log']>> {
    this.say('the log store alone, and the raw file');
    const batch = 128;
    const raw = rawSyncs(this.options.dir, batch * 256, 3) * batch;
    return { raw, store: await logStoreRate(this.options.dir, batch, 3) };
  }

  private library() {
    this.say('the library alone');
    const seconds = this.plan.librarySeconds;
    const loads = [16, 256].flatMap((bytes) =>
      [1, 64, 1024].map((outstanding) => ({ bytes, outstanding, seconds })),
    );
    return libraryRates(this.options.dir, loads);
  }

  /** A B A B: what the machine does meanwhile hits both. */
  private async http(): Promise<HttpFigure[]> {
    const outcomes = new Map<string, Omit<HttpFigure, 'rounds'> & { rounds: Outcome[] }>();
    const note = (figure: Omit<HttpFigure, 'rounds'>, outcome: Outcome) => {
      const name = `${figure.system} ${figure.mix} ${figure.connections}`;
      const known = outcomes.get(name) ?? { ...figure, rounds: [] };
      known.rounds.push(outcome);
      outcomes.set(name, known);
    };
    const { rounds, seconds, connections } = this.plan;
    for (let round = 1; round <= rounds; round++) {
      for (const start of this.systems) {
        await this.with(start(3), async (cluster) => {
          await fill(cluster);
          for (const mix of mixes) {
            for (const count of connections) {
              const { name: system } = cluster;
              this.say(`round ${round} of ${rounds}: ${system}, ${mix}, ${count} connections`);
              const outcome = await load(this.generator, cluster, mix, count, seconds);
              note({ system, mix, connections: count }, outcome);
            }
          }
        });
      }
      for (const count of connections) {
        this.say(`round ${round} of ${rounds}: a bare handler, ${count} connections`);
        const mix: Mix = 'reads';
        const outcome = await bareHandler(this.generator, this.bareRequest, count, seconds);
        note({ system: 'bare', mix, connections: count }, outcome);
      }
    }
    return [...outcomes.values()];
  }

  private async failover(): Promise<NonNullable<Figures['failover']>> {
    const took: { quorate: number[]; etcd: number[] } = { quorate: [], etcd: [] };
    for (const start of this.systems) {
      await this.with(start(3), async (cluster) => {
        for (let at = 1; at <= this.plan.failovers; at++) {
          this.say(`failover ${at} of ${this.plan.failovers}: ${cluster.name}`);
          took[cluster.name].push(await failoverMs(cluster));
        }
      });
    }
    return took;
  }

  private watched() {
    return this.with(QuorateCluster.start(this.options.dir), (cluster) => {
      this.say('writes with the dashboard open, and closed');
      return watchedShare(this.generator, cluster, this.plan.watchedPairs, this.plan.seconds);
    });
  }

  private async restart(): Promise<NonNullable<Figures['restart']>> {
    const { entries } = this.plan;
    this.say(`a restart with ${entries} entries`);
    return { entries, ms: await restartMs(this.options.dir, entries) };
  }

  private million() {
    return this.with(QuorateCluster.start(this.options.dir), (cluster) => {
      this.say(`${this.plan.keys} keys: filling, snapshot, a new node`);
      return million(cluster, this.plan.keys);
    });
  }

  private async sizes(): Promise<NonNullable<Figures['sizes']>> {
    const measured: { system: KvCluster['name']; nodes: number; writes: Outcome }[] = [];
    for (const nodes of this.plan.sizes) {
      for (const start of this.systems) {
        await this.with(start(nodes), async (cluster) => {
          this.say(`${nodes} nodes: ${cluster.name}`);
          const writes = await load(this.generator, cluster, 'writes', 64, this.plan.seconds);
          measured.push({ system: cluster.name, nodes, writes });
        });
      }
    }
    return measured;
  }

  private soak() {
    const { soakMinutes } = this.plan;
    return this.with(QuorateCluster.start(this.options.dir), (cluster) => {
      this.say(`overwriting at full rate for ${soakMinutes} minutes`);
      return soak(this.generator, cluster, soakMinutes);
    });
  }

  private get systems(): readonly ((nodes: number) => Promise<KvCluster>)[] {
    const { dir } = this.options;
    const ours = (nodes: number) => QuorateCluster.start(dir, nodes);
    const theirs = (nodes: number) => EtcdCluster.start(dir, nodes);
    return this.machine.etcd === null ? [ours] : [ours, theirs];
  }

  private readonly bareRequest = {
    method: 'GET',
    path: (key: string) => `/kv/${key}`,
    body: () => null,
    contentType: null,
  } as const;

  private async with<C extends KvCluster, T>(
    starting: Promise<C>,
    use: (cluster: C) => Promise<T>,
  ) {
    const cluster = await starting;
    try {
      return await use(cluster);
    } finally {
      await cluster.stop();
    }
  }
}

import type { Member } from '../core/configuration.js';
import { isQuorum } from '../core/quorum.js';
import { Faults } from './faults/faults.js';
import { Journal } from './journal.js';
import { Administrator } from './load/administrator.js';
import { Caller } from './load/caller.js';
import { Clients } from './load/clients.js';
import { SessionClients } from './load/session-clients.js';
import { Oracles } from './oracles/oracles.js';
import { rules } from './oracles/rules.js';
import { type Product, product } from './product.js';
import { Recovery } from './recovery.js';
import type { SimulationReport } from './report.js';
import { Random } from './time/random.js';
import { Timeline } from './time/timeline.js';
import { forecast, type Weather } from './weather.js';
import { Air } from './world/air.js';
import { Cluster } from './world/cluster.js';
import { Network } from './world/network.js';

/** A run that commits fewer client writes than this in a virtual second, on average, proves nothing. */
const leastWritesPerSecond = 1;

export interface SimulationOptions {
  /** Everything follows from it. */
  readonly seed: number;
  /** Default 3. */
  readonly nodes?: number;
  /** Virtual milliseconds of load and faults, before all is healed. Default 20,000. */
  readonly durationMs?: number;
  /** Steps of all cores after which load and faults end, if that is before their time is over. */
  readonly steps?: number;
  /** How many of the latest events the story keeps. Default 50. */
  readonly storyLines?: number;
  /** What the run is like, where it is not to be left to chance. */
  readonly weather?: Partial<Weather>;
  /** Parts to try in the place of the product's own: broken ones show what the oracles see. */
  readonly product?: Partial<Product>;
}

/**
 * Runs a whole cluster in this process, on virtual time, disks and network, with clients and faults,
 * under the eyes of the oracles; then heals everything and demands that it works again. The same
 * options lead to the same run, to the letter.
 */
export async function simulate(options: SimulationOptions): Promise<SimulationReport> {
  const { seed, nodes = 3, durationMs = 20_000, steps = Infinity, storyLines = 50 } = options;
  const random = new Random(seed);
  const weather = { ...forecast(random.fork()), ...options.weather };
  const timeline = new Timeline();
  const journal = new Journal(timeline, storyLines);
  const oracles = new Oracles(journal);
  const air = new Air(weather.conditions, timeline, random.fork());
  const network = new Network({
    air,
    checksIncarnation: weather.checksIncarnation,
    timeline,
    journal,
    random: random.fork(),
  });
  const parts = { ...product, ...options.product };
  const shared = { timeline, random, journal, air, network, oracles };
  const world = { ...weather, ...shared, product: parts };
  const cluster = new Cluster(nodes, world);
  const caller = new Caller(timeline, journal, oracles.history);
  const administrator = new Administrator(cluster, caller, random.fork());
  const clients = new Clients(cluster, caller, random.fork(), weather.clients);
  const { history } = oracles;
  const sessionClients = new SessionClients(
    cluster,
    caller,
    history,
    random.fork(),
    weather.sessionClients,
  );
  const stage = { cluster, administrator, caller, random: random.fork() };
  const faults = new Faults(stage, weather.faults);
  const isBroken = () => journal.violation !== null;

  for (const node of cluster.nodes) node.start();
  administrator.start();
  clients.start();
  sessionClients.start();
  timeline.after(weather.faultsFromMs, () => faults.start());
  await timeline.runUntil(durationMs, () => isBroken() || journal.counts.steps >= steps);
  const loadMs = timeline.now;

  faults.heal();
  air.heal();
  for (const node of cluster.nodes) node.start();
  clients.stop();
  sessionClients.stop();
  const idle = whyIdle(journal.counts.writesAcknowledged, loadMs);
  const missing = isBroken() ? null : await new Recovery(cluster, administrator, caller).run();
  const lost = missing !== null && hasLostMajority(cluster);
  if (missing !== null && !lost) journal.violate(rules.liveness, missing);
  if (!isBroken()) history.judge();
  const uncounted = lost ? 'a majority of voters has lost its disks' : idle;

  const { violation, counts, story } = journal;
  const verdict =
    violation !== null ? 'violated' : uncounted !== null ? 'too-little-progress' : 'passed';
  return { seed, nodes, verdict, violation, uncounted, virtualMs: timeline.now, counts, story };
}

function whyIdle(writes: number, durationMs: number): string | null {
  const least = (leastWritesPerSecond * durationMs) / 1000;
  return writes < least ? `${writes} writes were acknowledged, ${least} are needed` : null;
}

/** Disks are lost only where a majority stays; but a change under way may have made it smaller. */
function hasLostMajority(cluster: Cluster): boolean {
  const isIntact = (member: Member) => cluster.isIntact(member);
  return cluster.configurations().some((configuration) => !isQuorum(configuration, isIntact));
}

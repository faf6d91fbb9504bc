import type { Member } from '../core/configuration.js';
import type { CoreOptions } from '../core/options.js';
import { isQuorum } from '../core/quorum.js';
import { RaftCore } from '../core/raft-core.js';
import { FileLog } from '../storage/file-log.js';
import type { LogStore } from '../storage/log-store.js';
import type { VolumeParts } from '../storage/volume/volume.js';
import { Faults } from './faults/faults.js';
import { Journal } from './journal.js';
import { Administrator } from './load/administrator.js';
import { Caller } from './load/caller.js';
import { Clients } from './load/clients.js';
import { SessionClients } from './load/session-clients.js';
import { Oracles } from './oracles/oracles.js';
import { rules } from './oracles/rules.js';
import { Recovery } from './recovery.js';
import type { SimulationReport } from './report.js';
import { Random } from './time/random.js';
import { Timeline } from './time/timeline.js';
import { forecast } from './weather.js';
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
  /** How many of the latest events the story keeps. Default 50. */
  readonly storyLines?: number;
  /** The core under test: a broken one shows what the oracles see. Default `RaftCore`. */
  readonly createCore?: (options: CoreOptions) => RaftCore;
  /** The log store under test. Default `FileLog`. */
  readonly createLog?: (parts: VolumeParts) => LogStore;
}

/**
 * Runs a whole cluster in this process, on virtual time, disks and network, with clients and faults,
 * under the eyes of the oracles; then heals everything and demands that it works again. The same
 * options lead to the same run, to the letter.
 */
export async function simulate(options: SimulationOptions): Promise<SimulationReport> {
  const { seed, nodes = 3, durationMs = 20_000, storyLines = 50 } = options;
  const random = new Random(seed);
  const weather = forecast(random.fork());
  const timeline = new Timeline();
  const journal = new Journal(timeline, storyLines);
  const oracles = new Oracles(journal);
  const { conditions, checksIncarnation, timing, elections, limits, leaseReads } = weather;
  const { diskMs, segmentBytes } = weather;
  const network = new Network({
    conditions,
    checksIncarnation,
    timeline,
    journal,
    random: random.fork(),
  });
  const createCore = options.createCore ?? ((core: CoreOptions) => new RaftCore(core));
  const createLog = options.createLog ?? ((parts: VolumeParts): LogStore => new FileLog(parts));
  const settings = {
    timing,
    elections,
    limits,
    leaseReads,
    diskMs,
    segmentBytes,
    createCore,
    createLog,
  };
  const world = { timeline, random, journal, network, oracles, ...settings };
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
  await timeline.runUntil(durationMs, isBroken);

  faults.heal();
  network.heal();
  for (const node of cluster.nodes) node.start();
  clients.stop();
  sessionClients.stop();
  const idle = whyIdle(journal.counts.writesAcknowledged, durationMs);
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

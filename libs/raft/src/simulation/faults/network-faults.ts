import type { NodeId } from '../../core/entry.js';
import type { Barrier, Conditions } from '../world/conditions.js';
import type { Fault, Stage } from './fault.js';
import { victim } from './node-faults.js';

const clogChance = 0.4;

/** Two groups that do not hear each other. */
export const split: Fault = {
  lastsMs: [100, 4000],
  strike(stage) {
    const group = new Set(stage.random.some(ids(stage), 0.5));
    return raise(stage, (from, to) => group.has(from) !== group.has(to));
  },
};

/** One node that nobody hears and that hears nobody. */
export const isolate: Fault = {
  lastsMs: [100, 4000],
  strike(stage) {
    const { id } = victim(stage);
    return raise(stage, (from, to) => from === id || to === id);
  },
};

/** A node that hears others and is not heard by some, or the reverse. */
export const oneWay: Fault = {
  lastsMs: [100, 4000],
  strike(stage) {
    const { id } = victim(stage);
    const others = new Set(stage.random.some(ids(stage), 0.6));
    return stage.random.chance(0.5)
      ? raise(stage, (from, to) => from === id && others.has(to))
      : raise(stage, (from, to) => to === id && others.has(from));
  },
};

/** Two groups that only one node, the bridge, connects. */
export const bridge: Fault = {
  lastsMs: [500, 5000],
  strike(stage) {
    const { id } = victim(stage);
    const group = new Set(stage.random.some(ids(stage), 0.5));
    const isBridged = (from: NodeId, to: NodeId) => from === id || to === id;
    return raise(stage, (from, to) => !isBridged(from, to) && group.has(from) !== group.has(to));
  },
};

/** Connections break, and can be made again at once. */
export const brokenConnection: Fault = {
  lastsMs: [0, 0],
  strike({ cluster, random }) {
    const [one, other] = random.shuffled(cluster.nodes);
    if (one === undefined || other === undefined) return null;
    cluster.world.network.disconnect(one.id, other.id);
    return () => undefined;
  },
};

/** For a while, much is lost, late and doubled everywhere. */
export const storm: Fault = {
  lastsMs: [200, 4000],
  strike({ cluster, random }) {
    const { air } = cluster.world;
    const conditions: Conditions = {
      delayMs: [1, random.between([5, 200])],
      lossChance: random.between([0, 0.4]),
      duplicateChance: random.between([0, 0.4]),
      lateChance: random.between([0, 0.2]),
      lateMs: [50, random.between([100, 2000])],
      noiseChance: 0,
    };
    air.startStorm(conditions);
    return () => air.endStorm(conditions);
  },
};

/** For a while bytes change on the way. Whoever gets such a frame closes the connection. */
export const noise: Fault = {
  lastsMs: [200, 3000],
  strike({ cluster, random }) {
    const { air } = cluster.world;
    const conditions: Conditions = {
      delayMs: [0.1, 5],
      lossChance: 0,
      duplicateChance: 0,
      lateChance: 0,
      lateMs: [0, 0],
      noiseChance: random.pick([0.002, 0.02, 0.1]),
    };
    air.startStorm(conditions);
    return () => air.endStorm(conditions);
  },
};

function ids({ cluster }: Stage): NodeId[] {
  return cluster.nodes.map(({ id }) => id);
}

function raise(
  { cluster, random }: Stage,
  blocks: (from: NodeId, to: NodeId) => boolean,
): () => void {
  const { air } = cluster.world;
  const barrier: Barrier = { mode: random.chance(clogChance) ? 'clogged' : 'cut', blocks };
  air.raise(barrier);
  return () => air.remove(barrier);
}

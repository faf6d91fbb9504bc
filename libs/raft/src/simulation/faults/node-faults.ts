import type { SimNode } from '../world/sim-node.js';
import type { Fault, Stage } from './fault.js';

const leaderChance = 0.4;

/** Any node, but the leader more often than its share: there is more to go wrong. */
export function victim({ cluster, random }: Stage): SimNode {
  const leader = cluster.node(cluster.leader()?.id ?? '');
  return leader !== undefined && random.chance(leaderChance) ? leader : random.pick(cluster.nodes);
}

export const crash: Fault = {
  lastsMs: [10, 3000],
  strike(stage) {
    const node = victim(stage);
    if (node.process === null) return null;
    node.crash();
    return () => node.start();
  },
};

/** All at once. */
export const powerLoss: Fault = {
  lastsMs: [10, 1000],
  strike({ cluster }) {
    for (const node of cluster.nodes) node.crash();
    return () => {
      for (const node of cluster.nodes) node.start();
    };
  },
};

/** The process sleeps: what comes meanwhile comes at once when it wakes. */
export const pause: Fault = {
  lastsMs: [50, 4000],
  strike(stage) {
    const node = victim(stage);
    const { process } = node;
    if (process?.isAwake !== true) return null;
    node.pause();
    return () => {
      if (node.process === process) node.resume();
    };
  },
};

/** The volume is emptied under the old id. Never so many that nobody could be elected any more. */
export const wipe: Fault = {
  lastsMs: [10, 1000],
  strike(stage) {
    const node = victim(stage);
    if (!stage.administrator.canLose(node)) return null;
    node.wipe();
    return () => node.start();
  },
};

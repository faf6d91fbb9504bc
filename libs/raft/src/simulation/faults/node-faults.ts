import type { FileOperation } from '../../storage/files/faulty-files.js';
import { type ProtocolRange, PROTOCOLS } from '../../transport/protocol.js';
import type { Ending } from '../world/disk.js';
import type { SimNode } from '../world/sim-node.js';
import type { Fault, Stage } from './fault.js';

const leaderChance = 0.4;
const endings: readonly Ending[] = ['kill', 'power-loss'];

/** Any node, but the leader more often than its share: there is more to go wrong. */
export function victim({ cluster, random }: Stage): SimNode {
  const leader = cluster.node(cluster.leader()?.id ?? '');
  return leader !== undefined && random.chance(leaderChance) ? leader : random.pick(cluster.nodes);
}

export const crash: Fault = {
  lastsMs: [10, 3000],
  strike(stage) {
    const node = victim(stage);
    if (node.life === null) return null;
    node.crash(stage.random.pick(endings));
    return () => node.start();
  },
};

const isOfLog = ({ path }: FileOperation) => path.endsWith('.log');
const places: readonly ((operation: FileOperation) => boolean)[] = [
  () => true,
  (operation) => operation.kind === 'write' && isOfLog(operation),
  (operation) => operation.kind === 'datasync' && isOfLog(operation),
];

/** The process dies in the middle of some disk operation, the one that has just begun or a later one. */
export const crashInWrite: Fault = {
  lastsMs: [500, 4000],
  strike(stage) {
    const node = victim(stage);
    if (node.life === null) return null;
    const { random } = stage;
    node.disk.dying = { strikes: random.pick(places), left: random.integer([1, 4]) };
    return () => {
      node.disk.dying = null;
      node.start();
    };
  },
};

/** All at once. */
export const powerLoss: Fault = {
  lastsMs: [10, 1000],
  strike({ cluster }) {
    for (const node of cluster.nodes) node.crash('power-loss');
    return () => {
      for (const node of cluster.nodes) node.start();
    };
  },
};

/** A process that is started again and again, and dies each time, soon or while it reads its log. */
export const restartStorm: Fault = {
  lastsMs: [300, 3000],
  strike(stage) {
    const { cluster, random } = stage;
    const { timeline } = cluster.world;
    const node = victim(stage);
    let isOver = false;
    const again = () => {
      if (isOver) return;
      node.crash(random.pick(endings));
      node.start();
      timeline.after(random.early([1, 400]), again);
    };
    again();
    return () => {
      isOver = true;
      node.start();
    };
  },
};

/** The process sleeps: what comes meanwhile comes at once when it wakes. */
export const pause: Fault = {
  lastsMs: [50, 4000],
  strike(stage) {
    const node = victim(stage);
    const { life } = node;
    if (life?.isAwake !== true) return null;
    node.pause();
    return () => {
      if (node.life === life) node.resume();
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

/** The process is stopped, and an older version of it is started; later it is upgraded again. */
export const oldVersion: Fault = {
  lastsMs: [500, 8000],
  strike(stage) {
    const node = victim(stage);
    if (node.life === null || node.protocols !== PROTOCOLS) return null;
    const become = (protocols: ProtocolRange) => {
      node.protocols = protocols;
      node.crash('kill');
      node.start();
    };
    become({ oldest: PROTOCOLS.oldest, newest: PROTOCOLS.oldest });
    return () => become(PROTOCOLS);
  },
};

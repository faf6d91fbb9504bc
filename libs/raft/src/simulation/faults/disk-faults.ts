import type { Operation } from '../world/timed-files.js';
import type { Fault, Stage } from './fault.js';
import { victim } from './node-faults.js';

/** Some operations fail, at times all of them. */
export const diskFailure: Fault = {
  lastsMs: [50, 3000],
  strike(stage) {
    const { random } = stage;
    const operations = random.pick<readonly Operation[]>([
      ['write'],
      ['datasync'],
      ['write', 'datasync', 'syncDirectory', 'create', 'rename'],
    ]);
    return fail(stage, operations, random.pick([0.2, 1]));
  },
};

/** What is on the disk cannot be read, which only a process that starts wants to do. */
export const unreadableDisk: Fault = {
  lastsMs: [50, 1500],
  strike(stage) {
    const node = victim(stage);
    if (node.life === null) return null;
    node.crash('kill');
    node.disk.failing = { operations: new Set(['read', 'open', 'list']), chance: 0.5 };
    node.start();
    return () => {
      node.disk.failing = null;
      node.start();
    };
  },
};

/** Nothing that needs space succeeds. */
export const fullDisk: Fault = {
  lastsMs: [100, 4000],
  strike(stage) {
    const { disk } = victim(stage);
    disk.full = true;
    return () => {
      disk.full = false;
    };
  },
};

export const slowDisk: Fault = {
  lastsMs: [200, 5000],
  strike(stage) {
    const { disk } = victim(stage);
    disk.slowness = stage.random.between([5, 50]);
    return () => {
      disk.slowness = 1;
    };
  },
};

/** Everything that begins hangs, for longer than an election takes at times. */
export const diskStall: Fault = {
  lastsMs: [50, 6000],
  strike(stage) {
    const { disk } = victim(stage);
    disk.stall();
    return () => disk.goOn();
  },
};

/** Bytes of a machine that is down change. The node must say so; it is emptied and added again. */
export const damage: Fault = {
  lastsMs: [10, 1000],
  strike(stage) {
    const node = victim(stage);
    if (node.volume === null || !stage.administrator.canLose(node)) return null;
    node.damage();
    return () => node.start();
  },
};

function fail(stage: Stage, operations: readonly Operation[], chance: number): () => void {
  const { disk } = victim(stage);
  disk.failing = { operations: new Set(operations), chance };
  return () => {
    disk.failing = null;
  };
}

import type { Fault } from './fault.js';
import { victim } from './node-faults.js';

/** Not harm but work that others must survive: leadership goes elsewhere. */
export const transfer: Fault = {
  lastsMs: [0, 0],
  strike({ cluster, caller, random }) {
    const leader = cluster.leader();
    if (leader === undefined) return null;
    const to = random.chance(0.5) ? null : random.pick(cluster.nodes).id;
    const order = { type: 'transfer-leadership', to } as const;
    caller.order(leader, { timeoutMs: 1500, forward: false }, order, () => undefined);
    return () => undefined;
  },
};

/** Somebody wants an election, whoever leads. */
export const election: Fault = {
  lastsMs: [0, 0],
  strike({ cluster, caller, random }) {
    const running = cluster.running();
    if (running.length === 0) return null;
    const options = { timeoutMs: 1500, forward: false };
    caller.order(random.pick(running), options, { type: 'campaign' }, () => undefined);
    return () => undefined;
  },
};

export const removal: Fault = {
  lastsMs: [500, 4000],
  strike(stage) {
    return stage.administrator.takeAway(victim(stage).id, 'membership');
  },
};

export const demotion: Fault = {
  lastsMs: [500, 4000],
  strike(stage) {
    return stage.administrator.takeAway(victim(stage).id, 'vote');
  },
};

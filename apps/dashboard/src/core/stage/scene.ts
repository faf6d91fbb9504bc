import type { Progress } from '@quorate/contract';
import { type ClusterView, emptyView } from '../cluster/cluster-view.js';
import type { History } from '../history/history.js';
import { type NodeLog, nodeLogAt } from '../logs/node-log.js';
import { type Ballot, ballotAt } from './ballot.js';
import { shownMs } from './choreography.js';
import { progressAt } from './progress-at.js';
import { type Traffic, trafficAt } from './traffic.js';

/** All that the stage shows of one moment but what moves. */
export interface Scene {
  readonly view: ClusterView;
  /** Of the nodes that were ever heard, in the order of the view. */
  readonly logs: readonly NodeLog[];
  readonly leaderLog: NodeLog | null;
  /** What the leader knows of its followers. */
  readonly progress: readonly Progress[];
  /** The last index that any node has. */
  readonly lastIndex: number;
  readonly traffic: ReadonlyMap<string, Traffic>;
  /** Elections that go on, or have just been seen. */
  readonly ballots: readonly Ballot[];
}

export const emptyScene: Scene = {
  view: emptyView,
  logs: [],
  leaderLog: null,
  progress: [],
  lastIndex: 0,
  traffic: new Map(),
  ballots: [],
};

/** An election is over before it can be seen: its ballot stays for as long as several flights. */
const ballotStays = 6 * shownMs;

/** @param view the cluster at that time; @param speed of the spectator's time */
export function sceneAt(history: History, view: ClusterView, speed: number): Scene {
  const { at, nodes, configuration, leadership } = view;
  const leader = leadership.leader === null ? null : history.nodes.get(leadership.leader);
  const logs = nodes.flatMap(({ id }) => {
    const node = history.nodes.get(id);
    return (node && nodeLogAt(node, at)) ?? [];
  });
  return {
    view,
    logs,
    leaderLog: logs.find(({ id }) => id === leadership.leader) ?? null,
    progress: leader ? progressAt(leader, at) : [],
    lastIndex: Math.max(0, ...logs.map(({ last }) => last)),
    traffic: trafficAt(history, at),
    ballots: nodes.flatMap(({ id, status }) => {
      const standing = status?.role === 'candidate' || status?.role === 'pre-candidate';
      const since = standing ? undefined : ballotStays * speed;
      return ballotAt(history, id, configuration.voters, at, since) ?? [];
    }),
  };
}

import type { ClusterView } from '../src/core/cluster/cluster-view.js';
import { EventLog } from '../src/core/history/event-log.js';
import type { History } from '../src/core/history/history.js';
import { Desk, deskKey } from '../src/state/desk.svelte.js';

/** The state of a page that sees this and opens no sockets. */
export function deskSeeing(view: ClusterView, events = new EventLog()): Desk {
  const desk = new Desk(window, null);
  Object.defineProperty(desk.cluster, 'view', { get: () => view });
  Object.defineProperty(desk.cluster, 'present', { get: () => view });
  desk.cluster.latestEvents = (limit, of) => events.latest(limit, of);
  return desk;
}

/** The context that a component of the page finds around it. */
export const around = (desk: Desk) => new Map([[deskKey, desk]]);

/** The state of a page that stands at a moment of a history. */
export function deskAt(history: History, t: number): Desk {
  const desk = deskSeeing(history.viewAt(t));
  const { from = 0, to = 0 } = history.span ?? {};
  Object.defineProperty(desk.cluster, 'history', { get: () => history });
  Object.defineProperty(desk.cluster, 'bounds', {
    get: () => ({ from, to: Math.max(t, to), live: true }),
  });
  desk.playhead.seek(t);
  return desk;
}

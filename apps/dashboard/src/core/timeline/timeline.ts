import type { History } from '../history/history.js';
import { type Election, electionsOf, electionTypes } from './elections.js';
import { type FaultSpan, faultsOf, faultTypes } from './faults.js';
import { lifeTypes, type Turn, turnsOf } from './lives.js';
import { type MembershipChange, membershipsOf, membershipTypes } from './memberships.js';
import { type Tenure, tenuresOf, tenureTypes } from './tenures.js';
import { type Told, told } from './told.js';

/** What happened, out of all that was heard: each list oldest first. */
export interface Timeline {
  readonly elections: readonly Election[];
  readonly tenures: readonly Tenure[];
  readonly memberships: readonly MembershipChange[];
  readonly faults: readonly FaultSpan[];
  readonly turns: readonly Turn[];
  readonly snapshots: readonly Told[];
  readonly storage: readonly Told[];
}

const snapshotTypes = new Set([
  'snapshot-taken',
  'snapshot-sending',
  'snapshot-installed',
  'snapshot-failed',
]);
const storageTypes = new Set([
  'storage-fault',
  'disk-stalled',
  'disk-recovered',
  'write-failed',
  'torn-write-cut',
]);
const allTypes: ReadonlySet<string> = new Set([
  ...electionTypes,
  ...tenureTypes,
  ...membershipTypes,
  ...faultTypes,
  ...lifeTypes,
  ...snapshotTypes,
  ...storageTypes,
]);

const made = new WeakMap<History, { readonly stamp: string; readonly timeline: Timeline }>();

/** Made anew only when something was heard that can change it. */
export function timelineOf(history: History): Timeline {
  const stamp = stampOf(history);
  const last = made.get(history);
  if (last?.stamp === stamp) return last.timeline;
  const events = told(history, allTypes);
  const turns = turnsOf(history, events);
  const timeline = {
    elections: electionsOf(events),
    tenures: tenuresOf(history, events, turns),
    memberships: membershipsOf(events),
    faults: faultsOf(history, events, turns),
    turns,
    snapshots: events.filter(({ event }) => snapshotTypes.has(event.type)),
    storage: events.filter(({ event }) => storageTypes.has(event.type)),
  };
  made.set(history, { stamp, timeline });
  return timeline;
}

function stampOf(history: History): string {
  const logs = history.events.nodes.map((node) => history.events.of(node).entries);
  const heard = [...logs, history.processes].map(({ length, dropped }) => length + dropped);
  const nodes = [...history.nodes.values()].filter(({ frames }) => frames.length > 0).length;
  return [...heard, nodes].join();
}

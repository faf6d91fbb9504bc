import type { Member } from '@quorate/contract';
import { exitInWords } from '../cluster/observation.js';
import type { Kind, ValueOf } from './figure.js';
import type { Subject } from './subject.js';

/**
 * What a row means when values differ:
 * - `own`: every node has its own, nothing follows from it
 * - `agree`: in a healthy cluster all say the same
 * - `follow`: numbers that run after the leader's
 */
export type Nature = 'own' | 'agree' | 'follow';

export interface Row<Id extends string = string, K extends Kind = Kind> {
  readonly id: Id;
  readonly kind: K;
  readonly nature: Nature;
  /** Nothing where it is not known, or not there. */
  readonly read: (subject: Subject) => ValueOf<K> | null | undefined;
}

function row<const Id extends string, K extends Kind>(
  id: Id,
  kind: K,
  nature: Nature,
  read: Row<Id, K>['read'],
): Row<Id, K> {
  return { id, kind, nature, read };
}

/** Every variable of a node, in the order of the page. */
export const sections = [
  {
    id: 'office',
    rows: [
      row('vitality', 'state', 'own', ({ node }) => node.vitality),
      row('role', 'state', 'own', ({ status }) => status?.role),
      row('membership', 'state', 'own', ({ node }) => node.membership),
      row('term', 'number', 'agree', ({ status }) => status?.term),
      row('vote', 'name', 'own', ({ status }) => status?.votedFor),
      row('leader', 'name', 'agree', ({ status }) => status?.leader?.id),
      row('transferTo', 'name', 'own', ({ status }) => status?.transferTo),
    ],
  },
  {
    id: 'log',
    rows: [
      row('firstIndex', 'number', 'own', ({ status }) => status?.firstIndex),
      row('lastIndex', 'number', 'follow', ({ status }) => status?.lastIndex),
      row('lastTerm', 'number', 'agree', ({ status }) => status?.lastTerm),
      row('durableIndex', 'number', 'follow', ({ status }) => status?.durableIndex),
      row('commitIndex', 'number', 'follow', ({ status }) => status?.commitIndex),
      row('appliedIndex', 'number', 'follow', ({ status }) => status?.appliedIndex),
      row('snapshotIndex', 'number', 'own', ({ status }) => status?.snapshotIndex),
      row('keys', 'number', 'follow', ({ status }) => status?.keys),
      row('sessions', 'number', 'follow', ({ status }) => status?.sessions),
    ],
  },
  {
    id: 'replication',
    rows: [
      row('progress', 'state', 'own', ({ progress }) => progress?.state),
      row('match', 'number', 'own', ({ progress }) => progress?.match),
      row('next', 'number', 'own', ({ progress }) => progress?.next),
      row('inflight', 'number', 'own', ({ progress }) => progress?.inflight),
      row('contact', 'duration', 'own', ({ progress }) => progress?.lastContactMs),
    ],
  },
  {
    id: 'peers',
    rows: [
      row('connected', 'name', 'own', ({ status }) => connected(status?.connections)),
      row('protocol', 'name', 'agree', ({ status }) => protocols(status?.connections)),
      row('faults', 'number', 'own', ({ status }) => status?.faults?.length),
    ],
  },
  {
    id: 'configuration',
    rows: [
      row('cluster', 'digest', 'agree', ({ status }) => status?.clusterId),
      row('configurationIndex', 'number', 'agree', ({ status }) => status?.configurationIndex),
      row('committed', 'truth', 'agree', ({ status }) => status?.configurationCommitted),
      row('voters', 'name', 'agree', ({ status }) => ids(status?.members, 'voter')),
      row('learners', 'name', 'agree', ({ status }) => ids(status?.members, 'learner')),
      row('outgoing', 'name', 'agree', ({ status }) => ids(status?.outgoing, 'voter')),
      row('removed', 'truth', 'own', ({ status }) => status?.removed),
    ],
  },
  {
    id: 'timers',
    rows: [
      row('leaderContact', 'duration', 'own', ({ status }) => status?.leaderContactMs),
      row('electionIn', 'duration', 'own', ({ status }) => status?.electionInMs),
      row('electionMin', 'duration', 'agree', ({ status }) => status?.timing.electionMs[0]),
      row('electionMax', 'duration', 'agree', ({ status }) => status?.timing.electionMs[1]),
      row('heartbeat', 'duration', 'agree', ({ status }) => status?.timing.heartbeatMs),
    ],
  },
  {
    id: 'process',
    rows: [
      row('process', 'state', 'own', ({ node }) => node.process?.state),
      row('pid', 'mark', 'own', ({ node, metrics }) => node.process?.pid ?? metrics?.process.pid),
      row(
        'uptime',
        'duration',
        'own',
        ({ uptimeMs, metrics }) => uptimeMs ?? metrics?.process.uptimeMs,
      ),
      row('restarts', 'number', 'own', ({ node }) => node.process?.restarts),
      row('exit', 'name', 'own', ({ node }) => node.process && exitInWords(node.process)),
      row('url', 'name', 'own', ({ node }) => node.url),
      row('raftPort', 'mark', 'own', ({ node }) => node.process?.raftPort),
      row('version', 'name', 'agree', ({ metrics }) => metrics?.process.version),
    ],
  },
  {
    id: 'resources',
    rows: [
      row('disk', 'state', 'own', ({ status }) => status?.storageFault),
      row('sync', 'latency', 'own', ({ metrics }) => metrics?.log.sync.p99),
      row('loop', 'latency', 'own', ({ metrics }) => metrics?.process.loop.p99),
      row('cpu', 'share', 'own', ({ metrics }) => metrics?.process.cpu),
      row('rss', 'bytes', 'own', ({ metrics }) => metrics?.process.rssBytes),
      row('heap', 'bytes', 'own', ({ metrics }) => metrics?.process.heapBytes),
      row('openCalls', 'number', 'own', ({ metrics }) => metrics?.queues.openCalls),
      row('unapplied', 'number', 'own', ({ metrics }) => metrics?.queues.unapplied),
    ],
  },
] as const;

export type SectionId = (typeof sections)[number]['id'];
export type RowId = (typeof sections)[number]['rows'][number]['id'];

function ids(members: readonly Member[] | null | undefined, role: Member['role']): string | null {
  const found = members?.filter((member) => member.role === role).map(({ id }) => id);
  return found && found.length > 0 ? found.join(', ') : null;
}

type Connections = NonNullable<Subject['status']>['connections'] | undefined;

function connected(connections: Connections): string | null {
  if (!connections || connections.length === 0) return null;
  return `${connections.filter((one) => one.connected).length} / ${connections.length}`;
}

function protocols(connections: Connections): string | null {
  const versions = new Set(connections?.flatMap(({ protocol }) => protocol ?? []));
  return versions.size === 0 ? null : [...versions].sort((a, b) => a - b).join(', ');
}

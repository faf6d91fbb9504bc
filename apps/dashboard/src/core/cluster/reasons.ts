import type { NodeView } from './cluster-view.js';
import { electors } from './leadership.js';
import { exitInWords, type Vitality } from './observation.js';
import type { Situation } from './verdict.js';

/** What keeps a configured voter from working. */
export type Trouble =
  | {
      readonly kind: 'away';
      readonly node: string;
      readonly vitality: Vitality;
      /** As `SIGKILL`; null where nobody says. */
      readonly how: string | null;
    }
  | { readonly kind: 'unheard'; readonly node: string }
  | { readonly kind: 'emptied'; readonly node: string }
  | { readonly kind: 'disk'; readonly node: string }
  | { readonly kind: 'not-following'; readonly node: string; readonly leader: string };

/** Some of the voters, and how many it takes. */
export interface Share {
  readonly some: number;
  readonly voters: number;
  readonly quorum: number;
}

/** Why a verdict is as it is, or what to do. */
export type Reason =
  | Trouble
  | { readonly kind: 'waiting-for-list' }
  | { readonly kind: 'waiting-for'; readonly nodes: readonly string[] }
  | { readonly kind: 'old' }
  | { readonly kind: 'start-cluster' }
  | { readonly kind: 'add-node' }
  | { readonly kind: 'bootstrap' }
  | { readonly kind: 'start-node' }
  | { readonly kind: 'voters-needed'; readonly missing: number }
  | ({ readonly kind: 'agreement'; readonly leader: string; readonly term: number } & Share)
  | ({ readonly kind: 'enough-to-elect' } & Share)
  | {
      readonly kind: 'campaign';
      readonly node: string;
      readonly term: number;
      /** Whether it only asks whether it could win (thesis §9.6). */
      readonly pre: boolean;
    }
  | { readonly kind: 'behind'; readonly node: string; readonly entries: number }
  | { readonly kind: 'learner'; readonly node: string }
  | { readonly kind: 'newcomer'; readonly node: string }
  | { readonly kind: 'too-few-voters'; readonly voters: number };

export function troubles({ nodes, configuration, leadership }: Situation): Trouble[] {
  return electors(configuration).flatMap((id): Trouble[] => {
    const node = find(nodes, id);
    if (node?.vitality !== 'live') return [away(id, node)];
    if (node.membership === 'blank') return [{ kind: 'emptied', node: id }];
    if (node.status?.storageFault) return [{ kind: 'disk', node: id }];
    const { leader, confirmed, agreeing } = leadership;
    if (!confirmed || leader === null || agreeing.includes(id)) return [];
    return [{ kind: 'not-following', node: id, leader }];
  });
}

export function away(id: string, node: NodeView | undefined): Trouble {
  if (!node) return { kind: 'unheard', node: id };
  const { vitality, process } = node;
  const how = vitality === 'dead' && process ? exitInWords(process) : null;
  return { kind: 'away', node: id, vitality, how };
}

export function campaigns(nodes: readonly NodeView[]): Reason[] {
  return nodes.flatMap(({ id, vitality, status }): Reason[] => {
    if (vitality !== 'live' || !status) return [];
    if (status.role !== 'candidate' && status.role !== 'pre-candidate') return [];
    const pre = status.role === 'pre-candidate';
    return [{ kind: 'campaign', node: id, term: status.term, pre }];
  });
}

export function laggards(nodes: readonly NodeView[]): Reason[] {
  return nodes
    .filter((node) => node.vitality === 'live' && node.membership === 'voter')
    .filter((node) => node.differs.lagging)
    .map((node) => ({ kind: 'behind', node: node.id, entries: node.differs.behind }));
}

export function newcomers(nodes: readonly NodeView[]): Reason[] {
  return nodes.flatMap(({ id, vitality, membership }): Reason[] => {
    if (vitality !== 'live') return [];
    if (membership === 'learner') return [{ kind: 'learner', node: id }];
    if (membership === 'blank') return [{ kind: 'newcomer', node: id }];
    return [];
  });
}

export const find = (nodes: readonly NodeView[], id: string): NodeView | undefined =>
  nodes.find((node) => node.id === id);

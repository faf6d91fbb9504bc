import type { NodeStatus, ProcessState, Progress, Role } from '@quorate/contract';
import type { Membership } from '../cluster/cluster-view.js';
import type { Vitality } from '../cluster/observation.js';

/** A state that has a name: the words for it stand in the catalogue. */
export type StateName =
  | Role
  | Vitality
  | Membership
  | ProcessState
  | Progress['state']
  | NonNullable<NodeStatus['storageFault']>;

/** What is said of a node, by the kind of its value. */
interface Values {
  /** An id, an address, several of them: said as it is. */
  name: string;
  /** Long and random: its beginning tells it from others. */
  digest: string;
  state: StateName;
  truth: boolean;
  /** Digits in groups of three. */
  number: number;
  /** A port, a process id: no quantity. */
  mark: number;
  /** Milliseconds, of a wait or a life. */
  duration: number;
  /** Milliseconds, of something small. */
  latency: number;
  bytes: number;
  /** Of one core. */
  share: number;
}

export type Kind = keyof Values;
export type ValueOf<K extends Kind> = Values[K];

/** A value with its kind, so that whoever shows it knows how it is said. */
export type Figure = { [K in Kind]: { readonly kind: K; readonly value: Values[K] } }[Kind];

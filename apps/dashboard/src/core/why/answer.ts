import type { Progress } from '@quorate/contract';
import type { Link } from '../cluster/observation.js';
import type { StandingFault } from '../chaos/standing-faults.js';
import type { Turn } from '../timeline/lives.js';
import type { AtRiskCause } from './at-risk.js';
import type { BehindCause } from './behind.js';
import type { ChangeCause } from './change.js';
import type { NoLeaderCause } from './no-leader.js';
import type { PendingCause } from './pending.js';
import type { Question } from './question.js';
import type { RefusedCause } from './refused.js';

/** What shows that an answer is so: who said it, and when. */
export type Proof = { readonly node: string; readonly t: number } & (
  | { readonly kind: 'event'; readonly text: string }
  /** What became of its process. */
  | { readonly kind: 'process'; readonly what: Turn['what']; readonly how: string | null }
  | { readonly kind: 'link'; readonly link: Link; readonly problem: string | null }
  | {
      readonly kind: 'fault';
      readonly fault: Pick<StandingFault, 'key' | 'owner' | 'effect' | 'ways'>;
    }
  /** A leader's word on a follower. */
  | { readonly kind: 'progress'; readonly progress: Progress }
);

/** Something that is so, and explains what was asked. */
export type Cause =
  NoLeaderCause | AtRiskCause | ChangeCause | BehindCause | PendingCause | RefusedCause;

export interface Answer<C = Cause> {
  readonly cause: C;
  readonly proofs: readonly Proof[];
  /** Ids of actions that help. */
  readonly remedies: readonly string[];
  /** What to ask next; null where the answer is the end of it. */
  readonly next: Question | null;
}

/** A rule: what it finds, or nothing. */
export type Rule<C> = () => Answer<C> | null;

export function answer<C>(
  cause: C,
  { proofs = [], remedies = [], next = null }: Partial<Omit<Answer<C>, 'cause'>> = {},
): Answer<C> {
  return { cause, proofs, remedies, next };
}

import type { StandingFault } from '../chaos/standing-faults.js';
import { answer, type Answer, type Proof, type Rule } from './answer.js';
import { Evidence, numberIn, proofOf, type Told, wordIn } from './evidence.js';
import { byFaults } from './network.js';
import { faultsAt } from './past-faults.js';

/** What every answer tells of the change: who won which term, and who led before. */
interface Change {
  readonly winner: string;
  readonly term: number;
  /** null when nobody did, or nobody here remembers. */
  readonly before: string | null;
}

export type ChangeCause =
  | { readonly kind: 'no-change' }
  | (Change &
      (
        | { readonly kind: 'first' }
        | { readonly kind: 'transfer' }
        | { readonly kind: 'asked' }
        | { readonly kind: 'process'; readonly state: string; readonly how: string | null }
        | { readonly kind: 'stepped-down'; readonly reason: string }
        | { readonly kind: 'cut-off'; readonly faults: readonly StandingFault[] }
        | { readonly kind: 'loop-stall'; readonly ms: number }
        | { readonly kind: 'connection-closed' }
        | { readonly kind: 'silence'; readonly electionMs: readonly [number, number] | null }
      ));

/** What an election is put down to lies no further back than this, ms. */
const reachMs = 15_000;
/** Between a process that goes and its leadership that is missed. */
const storyTypes = [
  'transfer-started',
  'stepped-down',
  'election-timeout',
  'election-started',
  'vote-received',
  'election-won',
];

/** Why the latest winner of an election leads, and another does not. */
export function whyChanged(evidence: Evidence): Answer<ChangeCause>[] {
  const wins = evidence.between(['election-won'], -Infinity, evidence.t, null);
  const won = wins.at(-1);
  if (!won) return [answer({ kind: 'no-change' })];
  return [new Succession(evidence, won, wins.at(-2)).explained()];
}

/** One change of leadership, as the events tell it. */
class Succession {
  readonly #change: Change;
  /** What made the winner stand. */
  readonly #stood: Told | undefined;
  /** When somebody missed the leader: what came later is no cause. */
  readonly #missedAt: number;

  constructor(
    readonly evidence: Evidence,
    readonly won: Told,
    readonly previous: Told | undefined,
  ) {
    const timeouts = this.#lately(['election-timeout'], won.node);
    this.#stood = timeouts.at(-1);
    const last = this.#stood && wordIn(this.#stood, 'lastLeader');
    this.#change = {
      winner: won.node,
      term: numberIn(won, 'term'),
      before: last ?? previous?.node ?? null,
    };
    this.#missedAt = this.#stood?.t ?? won.t;
  }

  /** The first rule that holds: the last one always does. */
  explained(): Answer<ChangeCause> {
    const rules: readonly Rule<ChangeCause>[] = [
      () => this.#first(),
      () => this.#onRequest(),
      () => this.#processWent(),
      () => this.#cutOff(),
      () => this.#steppedDown(),
      () => this.#loopStalled(),
      () => this.#connectionClosed(),
    ];
    for (const rule of rules) {
      const found = rule();
      if (found) return found;
    }
    const electionMs = this.evidence.node(this.won.node)?.status?.timing.electionMs ?? null;
    return this.#answer({ kind: 'silence', ...this.#change, electionMs });
  }

  #first(): Answer<ChangeCause> | null {
    return this.#change.before === null ? this.#answer({ kind: 'first', ...this.#change }) : null;
  }

  #onRequest(): Answer<ChangeCause> | null {
    const cause = this.#stood && wordIn(this.#stood, 'cause');
    if (cause !== 'transfer' && cause !== 'asked') return null;
    return this.#answer({ kind: cause, ...this.#change });
  }

  /** The old leader's process ended, or stood still, before it was missed. */
  #processWent(): Answer<ChangeCause> | null {
    const { before } = this.#change;
    const went = this.#processAt(before, this.#missedAt);
    if (went?.kind !== 'process' || went.state === 'running') return null;
    if (this.won.t - went.t > reachMs) return null;
    return this.#answer({ kind: 'process', ...this.#change, state: went.state, how: went.how }, [
      went,
    ]);
  }

  /** A fault stood between the old leader and the others when it was missed. */
  #cutOff(): Answer<ChangeCause> | null {
    const { before } = this.#change;
    const faults = faultsAt(this.evidence, this.#missedAt).filter(({ ways }) =>
      ways.some(({ from, to }) => from === before || to === before),
    );
    if (faults.length === 0) return null;
    const { proofs } = byFaults(this.evidence, faults);
    return this.#answer({ kind: 'cut-off', ...this.#change, faults }, proofs);
  }

  #steppedDown(): Answer<ChangeCause> | null {
    const { before } = this.#change;
    const stepped = before === null ? undefined : this.#lately(['stepped-down'], before).at(-1);
    const reason = stepped && wordIn(stepped, 'reason');
    // A higher term is no reason of its own: somebody stood, and why is asked here.
    if (!reason || reason === 'higher-term') return null;
    return this.#answer({ kind: 'stepped-down', ...this.#change, reason });
  }

  #loopStalled(): Answer<ChangeCause> | null {
    const { before } = this.#change;
    const status = before === null ? null : this.evidence.node(before)?.status;
    const ms = before === null ? null : this.#viewAt(this.won.t).loopDelayMs(before, reachMs);
    if (!status || ms === null || ms < status.timing.electionMs[0]) return null;
    return this.#answer({ kind: 'loop-stall', ...this.#change, ms });
  }

  #connectionClosed(): Answer<ChangeCause> | null {
    if (this.#stood?.event.cause !== 'disconnected') return null;
    return this.#answer({ kind: 'connection-closed', ...this.#change });
  }

  /** @param proofs beside the election itself */
  #answer(cause: ChangeCause, proofs: readonly Proof[] = []): Answer<ChangeCause> {
    const story = this.#lately(storyTypes, null)
      .filter(({ node }) => node === this.won.node || node === this.#change.before)
      .filter(({ t, event }) => t > (this.previous?.t ?? -Infinity) && event.preVote !== true)
      .slice(-8)
      .map(proofOf);
    return answer(cause, { proofs: [...proofs, ...story].sort((one, other) => one.t - other.t) });
  }

  #lately(types: readonly string[], node: string | null): Told[] {
    return this.evidence.between(types, this.won.t - reachMs, this.won.t, node);
  }

  #viewAt(t: number): Evidence {
    return new Evidence(this.evidence.history, this.evidence.history.viewAt(t));
  }

  #processAt(id: string | null, t: number): Proof | null {
    return id === null ? null : this.#viewAt(t).processProof(id);
  }
}

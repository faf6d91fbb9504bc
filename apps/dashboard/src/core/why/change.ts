import { waysOf } from '../chaos/standing-faults.js';
import type { Election } from '../timeline/elections.js';
import type { FaultSpan } from '../timeline/faults.js';
import type { Turn } from '../timeline/lives.js';
import { type Timeline, timelineOf } from '../timeline/timeline.js';
import { word } from '../timeline/told.js';
import { answer, type Answer, type Proof, type Rule } from './answer.js';
import { type Evidence, proofOf } from './evidence.js';

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
        | { readonly kind: 'process'; readonly what: Turn['what']; readonly how: string | null }
        | { readonly kind: 'stepped-down'; readonly reason: string }
        | { readonly kind: 'cut-off'; readonly faults: readonly FaultSpan[] }
        | { readonly kind: 'loop-stall'; readonly ms: number }
        | { readonly kind: 'connection-closed' }
        | { readonly kind: 'silence'; readonly electionMs: readonly [number, number] | null }
      ));

/** What an election is put down to lies no further back than this, nor than the one before it, ms. */
const reachMs = 600_000;
/** A stall is told with the second in which it was. */
const stallMs = 15_000;
/** From a leader that goes to the vote that replaces it. */
const storyTypes = [
  'transfer-started',
  'election-timeout',
  'election-started',
  'vote-received',
  'election-won',
];

/** Why the latest winner of an election leads, and another does not. */
export function whyChanged(evidence: Evidence): Answer<ChangeCause>[] {
  const timeline = timelineOf(evidence.history);
  const won = timeline.elections.filter(({ outcome, until }) => {
    return outcome === 'won' && until !== null && until <= evidence.t;
  });
  const last = won.at(-1);
  if (!last) return [answer({ kind: 'no-change' })];
  return [new Succession(evidence, timeline, last, won.at(-2)).explained()];
}

/** One change of leadership, as the events tell it. */
class Succession {
  readonly #change: Change;
  /** When it was decided, and the one before it. */
  readonly #wonAt: number;
  readonly #since: number;

  constructor(
    readonly evidence: Evidence,
    readonly timeline: Timeline,
    readonly election: Election,
    previous: Election | undefined,
  ) {
    const { candidate: winner, term, lastLeader } = election;
    this.#change = { winner, term, before: lastLeader ?? previous?.candidate ?? null };
    this.#wonAt = election.until ?? election.t;
    this.#since = Math.max(previous?.until ?? -Infinity, this.#wonAt - reachMs);
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
    const electionMs = this.evidence.node(this.#change.winner)?.status?.timing.electionMs ?? null;
    return this.#answer({ kind: 'silence', ...this.#change, electionMs });
  }

  #first(): Answer<ChangeCause> | null {
    return this.#change.before === null ? this.#answer({ kind: 'first', ...this.#change }) : null;
  }

  #onRequest(): Answer<ChangeCause> | null {
    const { cause } = this.election;
    if (cause !== 'transfer' && cause !== 'asked') return null;
    return this.#answer({ kind: cause, ...this.#change });
  }

  /** The old leader's process ended, or stood still, before it was missed. */
  #processWent(): Answer<ChangeCause> | null {
    const { before } = this.#change;
    const last = this.timeline.turns
      .filter(({ node, t }) => node === before && t <= this.election.t)
      .at(-1);
    if (!last || last.what === 'started' || last.what === 'resumed') return null;
    if (last.t < this.#since) return null;
    const { node, t, what, how } = last;
    const proof: Proof = { kind: 'process', node, t, what, how };
    return this.#answer({ kind: 'process', ...this.#change, what, how }, [proof]);
  }

  /** A fault stood between the old leader and the others when it was missed. */
  #cutOff(): Answer<ChangeCause> | null {
    const { before } = this.#change;
    const faults = this.timeline.faults.filter(({ node, peer, from, to }) => {
      const stood = from <= this.election.t && (to === null || to > this.election.t);
      return stood && (node === before || peer === before);
    });
    if (faults.length === 0) return null;
    const proofs = faults.map((fault): Proof => ({
      kind: 'fault',
      node: fault.node,
      t: fault.from,
      fault: { ...fault, ways: waysOf(fault.node, fault) },
    }));
    return this.#answer({ kind: 'cut-off', ...this.#change, faults }, proofs);
  }

  #steppedDown(): Answer<ChangeCause> | null {
    const { before } = this.#change;
    if (before === null) return null;
    const stepped = this.#lately(['stepped-down'], before).at(-1);
    const reason = stepped && word(stepped.event, 'reason');
    // A higher term is no reason of its own: somebody stood, and why is asked here.
    if (!reason || reason === 'higher-term') return null;
    return this.#answer({ kind: 'stepped-down', ...this.#change, reason }, [proofOf(stepped)]);
  }

  #loopStalled(): Answer<ChangeCause> | null {
    const { before } = this.#change;
    const status = before === null ? null : this.evidence.node(before)?.status;
    const ms = before === null ? null : this.evidence.loopDelayMs(before, stallMs, this.#wonAt);
    if (!status || ms === null || ms < status.timing.electionMs[0]) return null;
    return this.#answer({ kind: 'loop-stall', ...this.#change, ms });
  }

  #connectionClosed(): Answer<ChangeCause> | null {
    if (this.election.cause !== 'disconnected') return null;
    return this.#answer({ kind: 'connection-closed', ...this.#change });
  }

  /** @param proofs beside the election itself */
  #answer(cause: ChangeCause, proofs: readonly Proof[] = []): Answer<ChangeCause> {
    const { winner, before } = this.#change;
    const story = this.#lately(storyTypes, null)
      .filter(({ node }) => node === winner || node === before)
      .filter(({ event }) => event.preVote !== true)
      .slice(-8)
      .map(proofOf);
    return answer(cause, { proofs: [...proofs, ...story].sort((one, other) => one.t - other.t) });
  }

  #lately(types: readonly string[], node: string | null) {
    return this.evidence.between(types, this.#since, this.#wonAt, node);
  }
}

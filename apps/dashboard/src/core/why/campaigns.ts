import { numeral, type Told, word } from '../timeline/told.js';
import { answer, type Answer } from './answer.js';
import { type Evidence, proofOf } from './evidence.js';

/** What the latest elections came to. */
export type CampaignCause =
  | {
      readonly kind: 'under-way';
      readonly candidates: readonly string[];
      readonly term: number;
      /** Whether they only ask whether they could win. */
      readonly pre: boolean;
    }
  | { readonly kind: 'split-vote'; readonly candidates: readonly string[]; readonly term: number }
  | {
      readonly kind: 'log-behind';
      readonly candidate: string;
      readonly refusers: readonly string[];
      readonly term: number;
    }
  | {
      readonly kind: 'leader-alive';
      readonly candidate: string;
      readonly refusers: readonly string[];
    }
  | {
      readonly kind: 'terms-rising';
      readonly from: number;
      readonly to: number;
      readonly ms: number;
    }
  | {
      readonly kind: 'election-due';
      /** Who led last; null when nobody remembers. */
      readonly last: string | null;
      /** The drawing of election timeouts, ms. */
      readonly electionMs: readonly [number, number];
    };

/** Elections are looked back at for this long, ms. */
const recentMs = 10_000;

/** Two or more stood in one term, and the votes were not enough for any. */
export function splitVote(evidence: Evidence): Answer<CampaignCause> | null {
  const started = campaigns(evidence);
  const term = Math.max(...started.map((told) => numeral(told.event, 'term')));
  const rivals = started.filter((told) => numeral(told.event, 'term') === term);
  const candidates = [...new Set(rivals.map(({ node }) => node))];
  if (
    candidates.length < 2 ||
    wins(evidence).some((told) => numeral(told.event, 'term') === term)
  ) {
    return null;
  }
  return answer({ kind: 'split-vote', candidates, term }, { proofs: rivals.map(proofOf) });
}

/** Terms came and went, and nobody won one. */
export function termsRising(evidence: Evidence): Answer<CampaignCause> | null {
  const lastWin = wins(evidence).at(-1)?.t ?? -Infinity;
  const started = campaigns(evidence).filter(({ t }) => t > lastWin);
  const terms = started.map((told) => numeral(told.event, 'term'));
  const [from, to] = [Math.min(...terms), Math.max(...terms)];
  const [first] = started;
  // Three in a row are more than one split vote.
  if (!first || to - from < 2) return null;
  return answer(
    { kind: 'terms-rising', from, to, ms: evidence.t - first.t },
    { proofs: started.slice(-4).map(proofOf) },
  );
}

/** A voter does not vote for one whose log lacks what may be committed (paper, section 5.4.1). */
export function logBehind(evidence: Evidence): Answer<CampaignCause> | null {
  const refusals = refused(evidence, 'log-behind');
  const last = refusals.at(-1);
  const candidate = last && word(last.event, 'candidate');
  if (!last || !candidate) return null;
  const against = refusals.filter((told) => word(told.event, 'candidate') === candidate);
  return answer(
    {
      kind: 'log-behind',
      candidate,
      refusers: [...new Set(against.map(({ node }) => node))],
      term: numeral(last.event, 'term'),
    },
    { proofs: against.slice(-4).map(proofOf) },
  );
}

/** Who heard from a leader just now takes no part in an election (thesis, section 9.6). */
export function leaderAlive(evidence: Evidence): Answer<CampaignCause> | null {
  const refusals = refused(evidence, 'leader-alive');
  const last = refusals.at(-1);
  const candidate = last && word(last.event, 'candidate');
  if (!candidate) return null;
  const against = refusals.filter((told) => word(told.event, 'candidate') === candidate);
  return answer(
    { kind: 'leader-alive', candidate, refusers: [...new Set(against.map(({ node }) => node))] },
    { proofs: against.slice(-4).map(proofOf) },
  );
}

/** Somebody asks for votes at this moment. */
export function underWay(evidence: Evidence): Answer<CampaignCause> | null {
  const standing = evidence.view.nodes.filter(({ vitality, status }) => {
    return (
      vitality === 'live' && (status?.role === 'candidate' || status?.role === 'pre-candidate')
    );
  });
  if (standing.length === 0) return null;
  const candidates = standing.map(({ id }) => id);
  const term = Math.max(...standing.map(({ status }) => status?.term ?? 0));
  const proofs = candidates.flatMap((id) => evidence.lastly(['election-started'], id));
  const pre = standing.every(({ status }) => status?.role === 'pre-candidate');
  return answer({ kind: 'under-way', candidates, term, pre }, { proofs });
}

/** Nobody stands yet: the first election timer that runs out begins one. */
export function electionDue(evidence: Evidence): Answer<CampaignCause> | null {
  const waiting = evidence.view.nodes.find(({ vitality, membership }) => {
    return vitality === 'live' && membership === 'voter';
  });
  if (!waiting?.status) return null;
  const lost = evidence.events(['leader-changed', 'stepped-down'], recentMs);
  const won = evidence.between(['election-won'], -Infinity, evidence.t, null).at(-1);
  return answer(
    {
      kind: 'election-due',
      last: won?.node ?? null,
      electionMs: waiting.status.timing.electionMs,
    },
    { proofs: lost.slice(-3).map(proofOf) },
  );
}

function campaigns(evidence: Evidence): Told[] {
  return evidence
    .events(['election-started'], recentMs)
    .filter(({ event }) => event.preVote === false);
}

const wins = (evidence: Evidence): Told[] => evidence.events(['election-won'], recentMs);

/** Refusals of one kind since anybody last won. */
function refused(evidence: Evidence, refusal: string): Told[] {
  const lastWin = wins(evidence).at(-1)?.t ?? -Infinity;
  return evidence
    .events(['vote-cast'], recentMs)
    .filter(({ t, event }) => t > lastWin && event.refusal === refusal);
}

import { reachability } from '../chaos/reachability.js';
import { type StandingFault, standingFaults } from '../chaos/standing-faults.js';
import { answer, type Answer, type Rule } from './answer.js';
import type { Evidence } from './evidence.js';
import { byFaults } from './network.js';
import { emptiedVoters, sickDisks, type VoterCause, votersDown } from './voters.js';

export type AtRiskCause =
  | { readonly kind: 'healthy'; readonly tolerance: number }
  | { readonly kind: 'does-not-work' }
  | { readonly kind: 'not-following'; readonly voters: readonly string[]; readonly leader: string }
  | { readonly kind: 'faults-in-force'; readonly faults: readonly StandingFault[] }
  | { readonly kind: 'lagging'; readonly voters: readonly string[] }
  | { readonly kind: 'joint-configuration' }
  | {
      readonly kind: 'too-few-voters';
      readonly voters: number;
      readonly learners: readonly string[];
    }
  | VoterCause;

/** Why the cluster works with less safety than its configuration promises. */
export function whyAtRisk(evidence: Evidence): Answer<AtRiskCause>[] {
  const { health, tolerance } = evidence.view.verdict;
  if (health !== 'healthy' && health !== 'at-risk') {
    return [answer({ kind: 'does-not-work' }, { next: { kind: 'no-leader' } })];
  }
  const rules: readonly Rule<AtRiskCause>[] = [
    () => votersDown(evidence),
    () => emptiedVoters(evidence),
    () => sickDisks(evidence),
    () => notFollowing(evidence),
    () => lagging(evidence),
    () => tooFewVoters(evidence),
    () => joint(evidence),
  ];
  const answers = rules.flatMap((rule) => rule() ?? []);
  const found = [...answers, ...otherFaults(evidence, answers)];
  return found.length > 0 ? found : [answer({ kind: 'healthy', tolerance: tolerance ?? 0 })];
}

/** Up, and not with the leader: what lies between them is told along. */
function notFollowing(evidence: Evidence): Answer<AtRiskCause> | null {
  const { configuration, leadership, nodes } = evidence.view;
  const { leader, agreeing } = leadership;
  if (leader === null) return null;
  const voters = nodes
    .filter(({ id, vitality, membership }) => {
      const counts = vitality === 'live' && membership === 'voter';
      return counts && configuration.voters.includes(id) && !agreeing.includes(id);
    })
    .map(({ id }) => id);
  if (voters.length === 0) return null;
  const faults = reachability(evidence.view)
    .filter(({ from, to }) => {
      return (from === leader && voters.includes(to)) || (to === leader && voters.includes(from));
    })
    .flatMap((link) => link.faults);
  return answer({ kind: 'not-following', voters, leader }, byFaults(evidence, faults));
}

function lagging({ view }: Evidence): Answer<AtRiskCause> | null {
  const voters = view.nodes
    .filter(({ vitality, membership, differs }) => {
      return vitality === 'live' && membership === 'voter' && differs.lagging;
    })
    .map(({ id }) => id);
  const [first] = voters;
  if (first === undefined) return null;
  return answer({ kind: 'lagging', voters }, { next: { kind: 'behind', node: first } });
}

/** One or two voters tolerate nothing while all of them work. */
function tooFewVoters({ view }: Evidence): Answer<AtRiskCause> | null {
  const { voters, members } = view.configuration;
  if (voters.length > 2) return null;
  const learners = members.filter(({ role }) => role === 'learner').map(({ id }) => id);
  return answer(
    { kind: 'too-few-voters', voters: voters.length, learners },
    { remedies: learners.map((id) => `promote:${id}`) },
  );
}

function joint({ leader }: Evidence): Answer<AtRiskCause> | null {
  if (!leader?.status?.outgoing) return null;
  return answer({ kind: 'joint-configuration' });
}

/** Faults that explain nothing yet: they stand where nobody suffers from them. */
function otherFaults(
  evidence: Evidence,
  answers: readonly Answer<AtRiskCause>[],
): Answer<AtRiskCause>[] {
  const told = answers
    .flatMap(({ proofs }) => proofs)
    .flatMap((proof) => (proof.kind === 'fault' ? [proof.fault.key] : []));
  const faults = standingFaults(evidence.view).filter(({ key }) => !told.includes(key));
  if (faults.length === 0) return [];
  return [answer({ kind: 'faults-in-force', faults }, byFaults(evidence, faults))];
}

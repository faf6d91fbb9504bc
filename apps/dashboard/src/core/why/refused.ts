import { answer, type Answer } from './answer.js';
import { type Evidence, proofOf } from './evidence.js';

/** Refusals that have an explanation, by the code of the error. */
export const refusals = [
  'change-in-progress',
  'no-leader',
  'not-leader',
  'not-bootstrapped',
  'already-bootstrapped',
  'transfer-in-progress',
  'transfer-failed',
  'configuration-changed',
  'address-in-use',
  'unknown-member',
  'last-voter',
  'peer-unreachable',
  'peer-mismatch',
  'cluster-mismatch',
  'removed',
  'older-member',
  'storage-fault',
  'overloaded',
  'deadline',
] as const;
export type Refusal = (typeof refusals)[number];

export type RefusedCause = { readonly node: string | null } & (
  | { readonly kind: 'refused'; readonly code: Refusal }
  /** The change before it, which is not committed: whose acknowledgements are missing. */
  | {
      readonly kind: 'waits-for-change';
      readonly index: number;
      readonly missing: readonly string[];
    }
);

/** Why a change of the membership was not made. */
export function whyRefused(
  evidence: Evidence,
  code: string,
  node: string | null,
): Answer<RefusedCause>[] {
  const known = refusals.find((refusal) => refusal === code);
  if (known === undefined) return [];
  const waits = known === 'change-in-progress' ? waitsForChange(evidence, node) : null;
  if (waits) return [waits];
  return [
    answer(
      { kind: 'refused', code: known, node },
      {
        proofs: evidence
          .events(tellingEvents, 60_000)
          .filter((told) => node === null || told.node === node || told.event.peer === node)
          .slice(-3)
          .map(proofOf),
        remedies: node !== null && known === 'peer-unreachable' ? [`start:${node}`] : [],
        next: known === 'no-leader' ? { kind: 'no-leader' } : null,
      },
    ),
  ];
}

const tellingEvents = ['connection-refused', 'identity-mismatch', 'removed', 'adoption-failed'];

/** One configuration at a time: the one before must be committed first. */
function waitsForChange(evidence: Evidence, node: string | null): Answer<RefusedCause> | null {
  const status = evidence.leader?.status;
  if (!status || status.configurationCommitted) return null;
  const index = status.configurationIndex;
  const voters = status.peers.filter(({ id }) => evidence.view.configuration.voters.includes(id));
  const missing = voters.filter(({ match }) => match < index).map(({ id }) => id);
  return answer(
    { kind: 'waits-for-change', node, index, missing },
    {
      proofs: evidence.lastly(['configuration-changed'], status.id),
      next: { kind: 'pending', index },
    },
  );
}

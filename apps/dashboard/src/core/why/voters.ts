import type { Vitality } from '../cluster/observation.js';
import { exitInWords } from '../cluster/observation.js';
import { answer, type Answer } from './answer.js';
import type { Evidence } from './evidence.js';

/** A voter that is not there, and how it went. */
export interface Absent {
  readonly id: string;
  readonly vitality: Exclude<Vitality, 'live'> | 'unknown';
  /** As `SIGKILL`; null where nobody says. */
  readonly how: string | null;
}

/** What keeps voters from counting, whatever the network does. */
export type VoterCause =
  | { readonly kind: 'voters-down'; readonly absent: readonly Absent[] }
  | { readonly kind: 'emptied'; readonly voters: readonly string[] }
  | {
      readonly kind: 'disk';
      readonly voters: readonly string[];
      readonly fault: 'full' | 'failed' | 'stalled';
    };

export function votersDown(evidence: Evidence): Answer<VoterCause> | null {
  const absent = evidence.view.configuration.voters.flatMap((id): Absent[] => {
    const node = evidence.node(id);
    if (!node) return [{ id, vitality: 'unknown', how: null }];
    const { vitality, process } = node;
    if (vitality === 'live') return [];
    return [{ id, vitality, how: vitality === 'dead' && process ? exitInWords(process) : null }];
  });
  if (absent.length === 0) return null;
  return answer(
    { kind: 'voters-down', absent },
    {
      proofs: absent.flatMap(({ id }) => evidence.absenceProof(id)),
      remedies: absent.map(({ id, vitality }) => reviving(vitality, id)),
    },
  );
}

/** The action that brings a node back. */
export const reviving = (vitality: Vitality | 'unknown', id: string): string =>
  `${vitality === 'paused' ? 'resume' : 'start'}:${id}`;

/** A voter with another volume than the one that the cluster knows does not count. */
export function emptiedVoters(evidence: Evidence): Answer<VoterCause> | null {
  const { configuration, nodes } = evidence.view;
  const voters = nodes
    .filter(({ id, membership }) => membership === 'blank' && configuration.voters.includes(id))
    .map(({ id }) => id);
  if (voters.length === 0) return null;
  return answer({ kind: 'emptied', voters }, { remedies: voters.map((id) => `join:${id}`) });
}

const diskEvents = ['storage-fault', 'disk-stalled', 'write-failed'];

export function sickDisks(evidence: Evidence): Answer<VoterCause> | null {
  const { configuration, nodes } = evidence.view;
  const sick = nodes.flatMap(({ id, vitality, status }) => {
    const fault = configuration.voters.includes(id) && vitality === 'live' && status?.storageFault;
    return fault ? [{ id, fault }] : [];
  });
  const [first] = sick;
  if (!first) return null;
  const voters = sick.map(({ id }) => id);
  const proofs = voters.flatMap((id) => evidence.lastly(diskEvents, id));
  return answer({ kind: 'disk', voters, fault: first.fault }, { proofs });
}

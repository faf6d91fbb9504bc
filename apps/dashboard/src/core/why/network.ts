import { reachability, type LinkView } from '../chaos/reachability.js';
import { standingFaults, type StandingFault } from '../chaos/standing-faults.js';
import { ifLinks } from '../whatif/if-links.js';
import { answer, type Answer } from './answer.js';
import type { Evidence } from './evidence.js';

/** What the links between the nodes keep from happening. */
export type NetworkCause =
  | {
      readonly kind: 'no-quorum-connected';
      /** Who hears whom, largest first. */
      readonly sides: readonly (readonly string[])[];
      readonly quorum: number;
    }
  | {
      readonly kind: 'leader-alone';
      readonly leader: string;
      readonly term: number;
      /** Voters that follow it, itself among them. */
      readonly agreeing: readonly string[];
      readonly quorum: number;
    }
  | { readonly kind: 'flapping'; readonly faults: readonly StandingFault[] };

/** Enough voters are up, and none of them has a quorum that it hears and that hears it. */
export function noQuorumConnected(evidence: Evidence): Answer<NetworkCause> | null {
  const { voters, quorum } = evidence.view.configuration;
  if (voters.filter((id) => evidence.isUp(id)).length < quorum) return null;
  const { ableToLead, sides } = ifLinks([], evidence.view);
  if (ableToLead.length > 0) return null;
  return answer(
    { kind: 'no-quorum-connected', sides, quorum },
    byLinks(evidence, stopped(evidence)),
  );
}

/** It says that it leads, and too few agree: it was just elected, or it is cut off and will give up. */
export function leaderAlone(evidence: Evidence): Answer<NetworkCause> | null {
  const { leadership, configuration } = evidence.view;
  const { leader, term, agreeing, confirmed } = leadership;
  if (leader === null || term === null || confirmed) return null;
  const links = stopped(evidence).filter(({ from, to }) => from === leader || to === leader);
  return answer(
    { kind: 'leader-alone', leader, term, agreeing, quorum: configuration.quorum },
    byLinks(evidence, links),
  );
}

/** An election that begins over a link while it is whole may not end before it is cut. */
export function flappingLinks(evidence: Evidence): Answer<NetworkCause> | null {
  const faults = standingFaults(evidence.view).filter(({ effect }) => effect.type === 'flap');
  return faults.length === 0
    ? null
    : answer({ kind: 'flapping', faults }, byFaults(evidence, faults));
}

/** What proves faults, and heals them. */
export function byFaults(
  evidence: Evidence,
  faults: readonly StandingFault[],
): Pick<Answer, 'proofs' | 'remedies'> {
  const unique = [...new Map(faults.map((fault) => [fault.key, fault])).values()];
  return {
    proofs: unique.map((fault) => evidence.faultProof(fault)),
    remedies: unique.length > 3 ? ['heal-all'] : unique.map(({ key }) => `heal:${key}`),
  };
}

function byLinks(
  evidence: Evidence,
  links: readonly LinkView[],
): Pick<Answer, 'proofs' | 'remedies'> {
  return byFaults(
    evidence,
    links.flatMap(({ faults }) => faults),
  );
}

function stopped(evidence: Evidence): LinkView[] {
  return reachability(evidence.view).filter(({ passage }) => {
    return passage === 'cut' || passage === 'flapping';
  });
}

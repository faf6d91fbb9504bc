import type { Verdict } from '../src/core/cluster/verdict.js';
import type { ClusterView } from '../src/core/cluster/cluster-view.js';
import { en } from '../src/i18n/en/index.js';
import { say } from '../src/i18n/phrases.js';

/** The verdict of a view as a person reads it. */
export function verdictSaid({ verdict }: ClusterView): Omit<Verdict, 'headline' | 'reasons'> & {
  headline: string;
  reasons: string[];
} {
  return {
    ...verdict,
    headline: say(en.verdict.headlines, verdict.headline),
    reasons: verdict.reasons.map((reason) => say(en.verdict.reasons, reason)),
  };
}

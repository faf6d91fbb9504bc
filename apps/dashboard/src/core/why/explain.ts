import type { ClusterView } from '../cluster/cluster-view.js';
import type { History } from '../history/history.js';
import type { Answer } from './answer.js';
import { whyAtRisk } from './at-risk.js';
import { whyBehind } from './behind.js';
import { whyChanged } from './change.js';
import { Evidence } from './evidence.js';
import { whyNoLeader } from './no-leader.js';
import { whyPending } from './pending.js';
import type { Question } from './question.js';
import { whyRefused } from './refused.js';

/** The answers to a question at the moment of a view, best first; none where nothing is known. */
export function explainWhy(
  question: Question,
  history: History,
  view: ClusterView,
): readonly Answer[] {
  const evidence = new Evidence(history, view);
  switch (question.kind) {
    case 'no-leader':
      return whyNoLeader(evidence);
    case 'at-risk':
      return whyAtRisk(evidence);
    case 'change':
      return whyChanged(evidence);
    case 'behind':
      return whyBehind(evidence, question.node);
    case 'pending':
      return whyPending(evidence, question.index);
    case 'refused':
      return whyRefused(evidence, question.code, question.node);
  }
}

import type { Health } from '../cluster/verdict.js';

/** What can be asked of the cluster. */
export type Question =
  | { readonly kind: 'no-leader' }
  | { readonly kind: 'at-risk' }
  | { readonly kind: 'change' }
  | { readonly kind: 'behind'; readonly node: string }
  /** Of the entry at an index; null for the oldest that is not committed. */
  | { readonly kind: 'pending'; readonly index: number | null }
  /** Of a change of the membership, by the code of its error. */
  | { readonly kind: 'refused'; readonly code: string; readonly node: string | null };

/** What a verdict makes one ask; null where there is nothing to explain. */
export function questionAbout(health: Health): Question | null {
  switch (health) {
    case 'healthy':
    case 'at-risk':
      return { kind: 'at-risk' };
    case 'no-leader':
    case 'quorum-lost':
      return { kind: 'no-leader' };
    default:
      return null;
  }
}

/** As it stands in an address: `no-leader`, `behind:n3`, `pending:42`, `refused:last-voter:n3`. */
export function questionText(question: Question): string {
  const { kind } = question;
  switch (kind) {
    case 'behind':
      return `${kind}:${question.node}`;
    case 'pending':
      return question.index === null ? kind : `${kind}:${question.index}`;
    case 'refused':
      return [kind, question.code, ...(question.node === null ? [] : [question.node])].join(':');
    default:
      return kind;
  }
}

/** @returns null for what nobody can ask */
export function questionOf(text: string): Question | null {
  const [kind, subject, node] = text.split(':');
  switch (kind) {
    case 'no-leader':
    case 'at-risk':
    case 'change':
      return { kind };
    case 'behind':
      return subject ? { kind, node: subject } : null;
    case 'pending':
      if (subject === undefined) return { kind, index: null };
      return /^\d+$/.test(subject) ? { kind, index: Number(subject) } : null;
    case 'refused':
      return subject ? { kind, code: subject, node: node ?? null } : null;
    default:
      return null;
  }
}

import type { Mark, Tape } from '../../core/timeline/tape.js';
import { clock } from '../../core/words.js';
import type { Catalogue } from '../../i18n/catalogue.js';

/** More lines than this hide the page. */
const most = 6;

/** What the tape shows at a moment, in words. @param reachMs how far a sign reaches to both sides */
export function tellMoment(
  tape: Tape,
  t: number,
  reachMs: number,
  words: Catalogue['time'],
): string[] {
  const reign = tape.reigns.find(({ from, to }) => from <= t && t <= to);
  const unheard = tape.unheard.some(({ from, to }) => from <= t && t <= to);
  const lines = [
    reign ? words.moment(t, reign.term, reign.leader) : clock(t),
    ...(unheard ? [words.unheard] : []),
    ...tape.marks
      .filter((mark) => Math.abs(mark.t - t) <= reachMs)
      .map((mark) => markInWords(mark, words)),
    ...tape.faults
      .filter(({ from, to }) => from - reachMs <= t && t <= (to ?? Infinity) + reachMs)
      .map(({ node, peer, owner }) => words.fault(node, peer, owner)),
  ];
  return [...new Set(lines)].slice(0, most);
}

function markInWords({ kind, node, term }: Mark, words: Catalogue['time']): string {
  switch (kind) {
    case 'won':
    case 'election':
      return words.marks[kind](node, term ?? 0);
    case 'membership':
      return words.marks.membership();
    default:
      return words.marks[kind](node);
  }
}

import type { Entry, LogIndex, Term } from '../../core/entry.js';
import type { Message } from '../../core/message.js';
import type { Journal } from '../journal.js';
import { rules } from './rules.js';
import type { Step, Subject } from './subject.js';

interface Placed {
  readonly entry: Entry;
  readonly previousTerm: Term;
}

/** Above every term that a run can reach. */
const terms = 2 ** 24;

/** How entries come into logs (paper §5.3). */
export class Logs {
  /** Every entry that ever stood in any log, by index and term. */
  private readonly placed = new Map<number, Placed>();

  constructor(private readonly journal: Journal) {}

  stepped(step: Step): void {
    const { subject, before, effects } = step;
    const entries = effects.write?.entries ?? [];
    for (const entry of entries) this.matches(subject, entry);
    const leads = before.role === 'leader' && subject.core.role === 'leader';
    if (leads && before.term === subject.core.term) this.onlyAppends(step);
  }

  sent({ id, volume }: Subject, message: Message): void {
    const promised = promisedIndex(message);
    if (promised <= volume.furthestIndex) return;
    const detail = `${id} acknowledges entry ${promised}; its disk ends at ${volume.furthestIndex}`;
    this.journal.violate(rules.durableFirst, detail);
  }

  /**
   * If an index and a term name one entry, and one term of the entry before it, then by induction
   * they name one log up to there.
   */
  private matches({ id, core }: Subject, entry: Entry): void {
    const key = entry.index * terms + entry.term;
    const previousTerm = core.log.termAt(entry.index - 1) ?? 0;
    const known = this.placed.get(key);
    if (known === undefined) {
      this.placed.set(key, { entry, previousTerm });
      return;
    }
    if (known.previousTerm === previousTerm && isSameEntry(known.entry, entry)) return;
    const detail = `${id} has another ${entry.index}@${entry.term} than was seen before, behind term ${previousTerm} where it was ${known.previousTerm}`;
    this.journal.violate(rules.logMatching, detail);
  }

  private onlyAppends({ subject: { id, core }, before, effects }: Step): void {
    const entries = effects.write?.entries ?? [];
    const first = entries[0];
    if (
      core.lastIndex < before.lastIndex ||
      (first !== undefined && first.index <= before.lastIndex)
    ) {
      const detail = `leader ${id} replaced entries of its log, which ended at ${before.lastIndex}`;
      this.journal.violate(rules.leaderAppendOnly, detail);
    }
    const foreign = entries.find(({ term }) => term !== before.term);
    if (foreign === undefined) return;
    const detail = `leader ${id} of term ${before.term} appended ${foreign.index}@${foreign.term}`;
    this.journal.violate(rules.leaderAppendOnly, detail);
  }
}

/** Up to where the sender says that it durably has the log. */
function promisedIndex(message: Message): LogIndex {
  if (message.type === 'append-response') return message.match ?? 0;
  return message.type === 'snapshot-response' && message.done ? message.index : 0;
}

export function isSameEntry(a: Entry, b: Entry): boolean {
  if (a === b) return true;
  if (a.index !== b.index || a.term !== b.term || a.type !== b.type) return false;
  return Buffer.compare(a.data, b.data) === 0;
}

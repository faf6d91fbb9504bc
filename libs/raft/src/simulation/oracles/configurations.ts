import { type Configuration, decodeConfiguration, voters } from '../../core/configuration.js';
import type { Entry } from '../../core/entry.js';
import { majority } from '../../core/quorum.js';
import type { Journal } from '../journal.js';
import { rules } from './rules.js';
import type { Step, Subject } from './subject.js';

/** Changes of the membership, one server at a time (thesis §4.1). */
export class Configurations {
  constructor(private readonly journal: Journal) {}

  stepped({ subject, effects }: Step): void {
    const { core } = subject;
    if (core.role !== 'leader') return;
    for (const entry of effects.write?.entries ?? []) {
      if (entry.type === 'configuration' && entry.term === core.term) this.begun(subject, entry);
    }
  }

  private begun(leader: Subject, entry: Entry): void {
    const { id, core } = leader;
    const previous = core.log.configurationAt(entry.index - 1);
    if (previous.index === 0) return;
    const hasOwnCommitted = core.log.termAt(core.commitIndex) === core.term;
    if (previous.index > core.commitIndex || !hasOwnCommitted) {
      const detail = `${id} begins configuration ${entry.index} with commit ${core.commitIndex}, behind configuration ${previous.index}`;
      this.journal.violate(rules.oneChange, detail);
    }
    if (overlap(previous, decodeConfiguration(entry.data))) return;
    const detail = `configurations ${previous.index} and ${entry.index} of ${id} have majorities without a common voter`;
    this.journal.violate(rules.majoritiesOverlap, detail);
  }
}

/** Whether every majority of the one shares a voter with every majority of the other. */
function overlap(one: Configuration, other: Configuration): boolean {
  const a = voters(one).map(({ incarnation }) => incarnation);
  const b = voters(other).map(({ incarnation }) => incarnation);
  const all = new Set([...a, ...b]);
  return majority(a.length) + majority(b.length) > all.size;
}

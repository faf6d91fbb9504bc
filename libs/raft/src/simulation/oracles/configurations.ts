import { isDeepStrictEqual } from 'node:util';
import {
  type Configuration,
  decodeConfiguration,
  type Member,
  voters,
} from '../../core/configuration.js';
import type { Entry } from '../../core/entry.js';
import { majority } from '../../core/quorum.js';
import type { Journal } from '../journal.js';
import { rules } from './rules.js';
import type { Step, Subject } from './subject.js';

/** Changes of the membership: one voter at a time (thesis §4.1), or by joint consensus (§4.3). */
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
    const old = previous;
    const next = decodeConfiguration(entry.data);
    const change = `configuration ${entry.index} of ${id} after ${previous.index}`;
    if (old.outgoing !== null) this.ends(old, next, change);
    else if (next.outgoing !== null) this.begins(old, next.outgoing, change);
    else if (!overlap(old, next)) {
      const detail = `${change}: they have majorities without a common voter`;
      this.journal.violate(rules.majoritiesOverlap, detail);
    }
  }

  /** A joint configuration holds the old one whole. */
  private begins(old: Configuration, outgoing: readonly Member[], change: string): void {
    if (isDeepStrictEqual(outgoing, old.members)) return;
    this.journal.violate(rules.jointConsensus, `${change} has another outgoing half than that one`);
  }

  /** And it gives way to the new one alone, as that was agreed on. */
  private ends(joint: Configuration, next: Configuration, change: string): void {
    if (next.outgoing === null && isDeepStrictEqual(next.members, joint.members)) return;
    this.journal.violate(
      rules.jointConsensus,
      `${change} is not the one that the joint one leads to`,
    );
  }
}

/** Whether every majority of the one shares a voter with every majority of the other. */
function overlap(one: Configuration, other: Configuration): boolean {
  const a = voters(one).map(({ incarnation }) => incarnation);
  const b = voters(other).map(({ incarnation }) => incarnation);
  const all = new Set([...a, ...b]);
  return majority(a.length) + majority(b.length) > all.size;
}

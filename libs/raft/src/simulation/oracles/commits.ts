import {
  type Configuration,
  decodeConfiguration,
  noConfiguration,
  type PlacedConfiguration,
} from '../../core/configuration.js';
import type { Entry, LogIndex, Term } from '../../core/entry.js';
import { isQuorum } from '../../core/quorum.js';
import type { SnapshotInfo } from '../../core/snapshot.js';
import type { Journal } from '../journal.js';
import type { Volume } from '../world/volume.js';
import { isSameEntry } from './logs.js';
import { rules } from './rules.js';
import type { Step, Subject } from './subject.js';

/** What is committed, once and for all (paper §5.3, §5.4). */
export class Commits {
  /** The one log that the cluster has committed: entries[i] has index i + 1. */
  readonly entries: Entry[] = [];
  /** The term whose leader committed each of them. It never falls along the log. */
  private readonly committedIn: Term[] = [];
  /** The latest that is committed. */
  configuration: PlacedConfiguration = noConfiguration;
  private previousConfiguration: Configuration = noConfiguration;
  private readonly volumes = new Map<string, Volume>();
  /** Leaders of the present, to be asked whether they have what others commit. */
  private readonly leading = new Set<Subject>();
  /** Up to where each life has handed entries to its state machine. */
  private readonly told = new WeakMap<Subject, LogIndex>();

  constructor(private readonly journal: Journal) {}

  get lastIndex(): LogIndex {
    return this.entries.length;
  }

  remember(volume: Volume): void {
    this.volumes.set(volume.incarnation, volume);
  }

  /** The entries that nobody had committed before. */
  stepped(step: Step): readonly Entry[] {
    for (const task of step.effects.snapshots) {
      if (task.type === 'restore') this.isCommitted(step.subject, task.snapshot);
    }
    this.rises(step);
    const fresh = step.effects.committed.filter((entry) => this.isFresh(step.subject, entry));
    for (const entry of fresh) this.add(entry, step.subject.core.term);
    const last = fresh.at(-1);
    if (last !== undefined) this.isAtMajority(step, last);
    this.leadersAreComplete(step, last !== undefined);
    return fresh;
  }

  /** A snapshot stands for the committed log up to its index, and for nothing else. */
  private isCommitted({ id }: Subject, { index, term, configuration }: SnapshotInfo): void {
    const known = this.entries[index - 1];
    const placed = this.entries.findLast(
      (entry) => entry.type === 'configuration' && entry.index <= index,
    );
    if (known?.term === term && placed?.index === configuration.index) return;
    const detail = `${id} takes over a snapshot of ${index}@${term} with configuration ${configuration.index}, where ${known?.index}@${known?.term} with ${placed?.index} was committed`;
    this.journal.violate(rules.stateMachineSafety, detail);
  }

  private rises({ subject, before, effects: { committed, snapshots } }: Step): void {
    const { id, core } = subject;
    const { commitIndex, lastIndex } = core;
    // What was known at the start is told with the first step, behind the snapshot.
    const restored = snapshots.findLast((task) => task.type === 'restore')?.snapshot.index;
    const told = restored ?? this.told.get(subject) ?? core.snapshot?.index ?? 0;
    this.told.set(subject, commitIndex);
    const inOrder = committed.every(({ index }, i) => index === told + 1 + i);
    const rises = inOrder && commitIndex === told + committed.length;
    if (rises && commitIndex >= before.commitIndex && commitIndex <= lastIndex) return;
    const detail = `${id} went from ${before.commitIndex} to ${commitIndex}, having told ${told} and telling ${committed.length} entries, with a log that ends at ${lastIndex}`;
    this.journal.violate(rules.commitRises, detail);
  }

  private isFresh({ id }: Subject, entry: Entry): boolean {
    const known = this.entries[entry.index - 1];
    if (known === undefined) return true;
    if (!isSameEntry(known, entry)) {
      const detail = `${id} commits ${entry.index}@${entry.term} where ${known.index}@${known.term} was committed`;
      this.journal.violate(rules.stateMachineSafety, detail);
    }
    return false;
  }

  private add(entry: Entry, term: Term): void {
    this.entries.push(entry);
    this.committedIn.push(term);
    this.journal.counts.entriesCommitted++;
    if (entry.type !== 'configuration') return;
    this.journal.counts.configurationsCommitted++;
    this.previousConfiguration = this.configuration;
    this.configuration = { ...decodeConfiguration(entry.data), index: entry.index };
  }

  /** Who commits first is a leader, and counts: what did it count? */
  private isAtMajority({ subject: { id, core } }: Step, { index, term }: Entry): void {
    if (term !== core.term) {
      const detail = `${id} commits ${index}@${term} first, in term ${core.term}`;
      this.journal.violate(rules.ownTermCommit, detail);
    }
    // The step may have committed under one configuration and then begun the next.
    const counted = [core.configuration, this.configuration, this.previousConfiguration];
    if (counted.some((configuration) => this.isHeldByQuorum(configuration, index, term))) return;
    const detail = `${id} commits ${index}@${term}, which no quorum of its voters has on disk`;
    this.journal.violate(rules.majorityCommit, detail);
  }

  private isHeldByQuorum(configuration: Configuration, index: number, term: number): boolean {
    return isQuorum(
      configuration,
      ({ incarnation }) => this.volumes.get(incarnation)?.holds(index, term) === true,
    );
  }

  private leadersAreComplete({ subject, before }: Step, isFresh: boolean): void {
    const { core } = subject;
    const leads = core.role === 'leader';
    if (leads) this.leading.add(subject);
    else this.leading.delete(subject);
    if (leads && (before.role !== 'leader' || before.term !== core.term)) this.isComplete(subject);
    if (!isFresh) return;
    for (const leader of this.leading) {
      if (leader.core.term > core.term) this.isComplete(leader);
    }
  }

  /** It needs what was committed in earlier terms, and with the last of that it has all: logs match. */
  private isComplete({ id, core }: Subject): void {
    const needed = this.committedIn.findLastIndex((term) => term < core.term);
    const last = this.entries[needed];
    if (last === undefined || last.index < core.log.base.index) return;
    if (core.log.termAt(last.index) === last.term) return;
    const detail = `${id} leads term ${core.term} without ${last.index}@${last.term}, which is committed`;
    this.journal.violate(rules.leaderCompleteness, detail);
  }
}

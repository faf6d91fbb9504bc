import type { Rule } from './oracles/rules.js';
import { Story } from './story.js';
import type { Timeline } from './time/timeline.js';
import { type Counts, noCounts } from './counts.js';

/** A rule that was broken, and what led to it. */
export interface Violation {
  readonly rule: Rule;
  readonly detail: string;
  /** Virtual milliseconds. */
  readonly at: number;
  /** The core's steps of all nodes so far. */
  readonly step: number;
  /** The latest events, one line each. */
  readonly story: readonly string[];
}

/** What is written down of a run: counts, the story, and the first broken rule. */
export class Journal {
  readonly counts: Counts = noCounts();
  private readonly lines: Story;
  private firstViolation: Violation | null = null;

  constructor(
    private readonly timeline: Timeline,
    storyLines: number,
  ) {
    this.lines = new Story(storyLines);
  }

  /** Virtual milliseconds. */
  get now(): number {
    return this.timeline.now;
  }

  get violation(): Violation | null {
    return this.firstViolation;
  }

  get story(): readonly string[] {
    return this.lines.read();
  }

  /** @param what must speak of things that do not change any more */
  tell(who: string, what: () => string): void {
    this.lines.tell(this.timeline.now, who, what);
  }

  /** The run ends with the first one: what follows from it would only confuse. */
  violate(rule: Rule, detail: string): void {
    if (this.firstViolation !== null) return;
    const { now: at } = this.timeline;
    this.tell('ORACLE', () => `${rule.name} (${rule.source}): ${detail}`);
    this.firstViolation = { rule, detail, at, step: this.counts.steps, story: this.story };
  }
}

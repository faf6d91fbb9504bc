/** Seconds that are kept. */
export const historySeconds = 60;

/** How many entries were committed in each of the last seconds, by the words of the leaders. */
export class CommitHistory {
  /** Entries committed by the end of each second that had a word, oldest first. */
  readonly #marks: { readonly second: number; readonly total: number }[] = [];
  #commit: number | null = null;
  #total = 0;

  /** @param commit a leader's commit index; a new leader's may be lower than the last one's */
  note(commit: number, now: number): void {
    this.#total += Math.max(0, commit - (this.#commit ?? commit));
    this.#commit = commit;
    const second = Math.floor(now / 1_000);
    if (this.#marks.at(-1)?.second === second) this.#marks.pop();
    this.#marks.push({ second, total: this.#total });
    // One more than is shown: a rate needs what was before.
    if (this.#marks.length > historySeconds + 1) this.#marks.shift();
  }

  /** Entries a second, oldest first; the second that is under way is left out. */
  rates(now: number): number[] {
    const present = Math.floor(now / 1_000);
    return Array.from({ length: historySeconds }, (_, at) => {
      const second = present - historySeconds + at;
      return this.#totalBy(second) - this.#totalBy(second - 1);
    });
  }

  #totalBy(second: number): number {
    const mark = this.#marks.findLast((candidate) => candidate.second <= second);
    return mark?.total ?? this.#marks[0]?.total ?? 0;
  }
}

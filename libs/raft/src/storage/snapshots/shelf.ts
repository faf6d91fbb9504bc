import { newestFirst } from './names.js';

/** Which snapshots a directory holds, and which of them may go. */
export class Shelf {
  private readonly retain: number;
  private ids: readonly string[];
  private readonly holds = new Map<string, number>();
  private readonly recentlyRead = new Set<string>();

  constructor(retain: number, ids: readonly string[]) {
    this.retain = retain;
    this.ids = [...ids].sort(newestFirst);
  }

  get latest(): string | null {
    return this.ids[0] ?? null;
  }

  has(id: string): boolean {
    return this.ids.includes(id);
  }

  add(id: string): void {
    this.ids = [...this.ids, id].sort(newestFirst);
  }

  remove(id: string): void {
    this.ids = this.ids.filter((other) => other !== id);
  }

  /** Keeps it until the function that is returned is called. */
  hold(id: string): () => void {
    this.holds.set(id, (this.holds.get(id) ?? 0) + 1);
    return () => {
      const left = (this.holds.get(id) ?? 0) - 1;
      if (left === 0) this.holds.delete(id);
      else this.holds.set(id, left);
    };
  }

  /** A follower takes it in many pieces: it stays until it was not asked for from one new one to the next. */
  read(id: string): void {
    this.recentlyRead.add(id);
  }

  /** Asked when there is a new one: those beyond the retention that nobody uses. */
  takeSurplus(): readonly string[] {
    const surplus = this.ids
      .slice(this.retain)
      .filter((id) => !this.holds.has(id) && !this.recentlyRead.has(id));
    this.recentlyRead.clear();
    this.ids = this.ids.filter((id) => !surplus.includes(id));
    return surplus;
  }
}

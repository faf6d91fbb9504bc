import { compareKeys, type KeysChanged, type KeyTree } from '@quorate/contract';
import type { Problem } from '../failure.js';
import { delimiter } from '../keys/kv-request.js';

export type TreeItem = KeyTree['items'][number];
export type KeyChange = NonNullable<KeysChanged['changes']>[number];

/** What stands directly under a prefix, as far as it was read. */
export class Branch {
  readonly #items: TreeItem[] = [];
  #next: string | null = '';
  #state: 'reading' | 'read' | 'failed' = 'reading';
  #problem: Problem | null = null;

  constructor(readonly prefix: string) {}

  /** In the order of their names. */
  get items(): readonly TreeItem[] {
    return this.#items;
  }

  /** Behind what the next page begins; null when nothing is left. */
  get next(): string | null {
    return this.#next;
  }

  get state() {
    return this.#state;
  }

  /** Why the last page could not be read. */
  get problem(): Problem | null {
    return this.#problem;
  }

  /** Whether it is known to hold nothing. */
  get isEmpty(): boolean {
    return this.#items.length === 0 && this.#next === null;
  }

  reading(): void {
    this.#state = 'reading';
    this.#problem = null;
  }

  /** @param after what the page was asked to begin behind: null for the first, which replaces all */
  took(after: string | null, { items, next }: KeyTree): void {
    if (after === null) this.#items.length = 0;
    this.#items.push(...items);
    this.#next = next;
    this.#state = 'read';
  }

  failed(problem: Problem): void {
    this.#state = 'failed';
    this.#problem = problem;
  }

  /**
   * What the node told of a key that begins with this prefix.
   * @param isEmpty whether a group is known to hold nothing any more
   */
  apply({ key, index, bytes }: KeyChange, isEmpty: (group: string) => boolean): void {
    const item = this.#itemOf(key, index, bytes ?? 0);
    const name = nameOf(item);
    const { at, there } = this.find(name);
    // A page may already tell what came later.
    if (there?.kind === 'key' && there.index > index) return;
    if (bytes === null) {
      const goes = there !== null && (item.kind === 'key' || isEmpty(item.prefix));
      if (goes) this.#items.splice(at, 1);
    } else if (there !== null) {
      this.#items[at] = item;
    } else if (this.#next === null || compareKeys(name, this.#next) <= 0) {
      // What lies behind the pages that were read will come with the next one.
      this.#items.splice(at, 0, item);
    }
  }

  /** Where a name stands, or would stand. */
  find(name: string): { readonly at: number; readonly there: TreeItem | null } {
    let low = 0;
    let high = this.#items.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const item = this.#items[middle];
      if (item !== undefined && compareKeys(nameOf(item), name) < 0) low = middle + 1;
      else high = middle;
    }
    const item = this.#items[low];
    return { at: low, there: item !== undefined && nameOf(item) === name ? item : null };
  }

  /** As what a key shows here: itself, or the group that it is in. */
  #itemOf(key: string, index: number, bytes: number): TreeItem {
    const end = key.indexOf(delimiter, this.prefix.length);
    return end === -1
      ? { kind: 'key', key, index, bytes }
      : { kind: 'group', prefix: key.slice(0, end + delimiter.length) };
  }
}

export function nameOf(item: TreeItem): string {
  return item.kind === 'group' ? item.prefix : item.key;
}

import { compareKeys, type KeysChanged, type KeyTree } from '@quorate/contract';
import type { Problem } from '../failure.js';
import { delimiter } from '../keys/kv-request.js';

export type TreeItem = KeyTree['items'][number];
export type KeyChange = NonNullable<KeysChanged['changes']>[number];

/** Keys and groups held at once, over all branches: what a page can hold without a hitch. */
export const maxItems = 100_000;
/** Changes remembered: more than come while one page of keys is on its way. */
const maxRecent = 200;

/** What stands directly under a prefix, as far as it was read. */
export interface Branch {
  readonly items: readonly TreeItem[];
  /** Behind what the next page begins; null when nothing is left. */
  readonly next: string | null;
  readonly state: 'reading' | 'read' | 'failed';
  /** Why the last page could not be read. */
  readonly problem: Problem | null;
}

const unread: Branch = { items: [], next: '', state: 'reading', problem: null };

/** The keys of one node as a tree, as far as somebody looked into it: pages in, branches out. */
export class KeyTreeModel {
  readonly #branches = new Map<string, Branch>();
  readonly #open = new Set<string>();
  /** The latest changes, in their order. */
  #recent: readonly KeyChange[] = [];
  #held = 0;

  get isFull(): boolean {
    return this.#held >= maxItems;
  }

  get openGroups(): readonly string[] {
    return [...this.#open];
  }

  isOpen(prefix: string): boolean {
    return this.#open.has(prefix);
  }

  branch(prefix: string): Branch | null {
    return this.#branches.get(prefix) ?? null;
  }

  /** Shows what is in a group. */
  open(prefix: string): void {
    this.#open.add(prefix);
  }

  /** A closed group forgets what was in it: opened again, it is read again. */
  close(prefix: string): void {
    this.#open.delete(prefix);
    for (const inner of this.#branches.keys()) {
      if (!inner.startsWith(prefix)) continue;
      this.#put(inner, null);
      this.#open.delete(inner);
    }
  }

  /** A page is being read. */
  reading(prefix: string): void {
    this.#put(prefix, { ...(this.branch(prefix) ?? unread), state: 'reading', problem: null });
  }

  /** @param after what the page was asked to begin behind: null for the first, which replaces all */
  took(prefix: string, after: string | null, { items, next }: KeyTree): void {
    const before = after === null ? [] : (this.branch(prefix)?.items ?? []);
    this.#put(prefix, { items: [...before, ...items], next, state: 'read', problem: null });
    // The page may be older than what was told while it was on its way.
    for (const change of this.#recent) this.#apply(change);
  }

  failed(prefix: string, problem: Problem): void {
    this.#put(prefix, { ...(this.branch(prefix) ?? unread), state: 'failed', problem });
  }

  /** What the node told of a key. */
  apply(change: KeyChange): void {
    this.#recent = [...this.#recent, change].slice(-maxRecent);
    this.#apply(change);
  }

  /** Keys were changed and not named: what was told before is no help any more. */
  missed(): void {
    this.#recent = [];
  }

  /** In every branch that shows the key. */
  #apply(change: KeyChange): void {
    for (const [prefix, branch] of [...this.#branches].sort(innerFirst)) {
      if (change.key.startsWith(prefix)) this.#put(prefix, this.#changed(prefix, branch, change));
    }
  }

  #changed(prefix: string, branch: Branch, { key, index, bytes }: KeyChange): Branch {
    const item = itemOf(prefix, key, index, bytes ?? 0);
    const name = nameOf(item);
    const at = placeOf(name, branch.items);
    const there = branch.items[at];
    const found = there !== undefined && nameOf(there) === name;
    // A page may already tell what came later.
    if (found && there.kind === 'key' && there.index > index) return branch;
    if (bytes === null) {
      const goes = found && (item.kind === 'key' || this.#isEmpty(item.prefix));
      return goes ? { ...branch, items: branch.items.toSpliced(at, 1) } : branch;
    }
    if (found) return { ...branch, items: branch.items.with(at, item) };
    // What lies behind the pages that were read will come with the next one.
    if (branch.next !== null && compareKeys(name, branch.next) > 0) return branch;
    return { ...branch, items: branch.items.toSpliced(at, 0, item) };
  }

  /** Whether a group is known to hold nothing any more. */
  #isEmpty(prefix: string): boolean {
    const branch = this.branch(prefix);
    return branch !== null && branch.items.length === 0 && branch.next === null;
  }

  #put(prefix: string, branch: Branch | null): void {
    this.#held += (branch?.items.length ?? 0) - (this.branch(prefix)?.items.length ?? 0);
    if (branch === null) this.#branches.delete(prefix);
    else this.#branches.set(prefix, branch);
  }
}

/** The groups that a key or a group stands in, itself included: `a/b/` and `a/` for both `a/b/` and `a/b/c`. */
export function groupsAround(name: string): string[] {
  const parts = name.split(delimiter);
  return parts.slice(0, -1).map((_, at) => parts.slice(0, at + 1).join(delimiter) + delimiter);
}

export function nameOf(item: TreeItem): string {
  return item.kind === 'group' ? item.prefix : item.key;
}

/** As what a key shows under a prefix: itself, or the group that it is in. */
function itemOf(prefix: string, key: string, index: number, bytes: number): TreeItem {
  const end = key.indexOf(delimiter, prefix.length);
  return end === -1
    ? { kind: 'key', key, index, bytes }
    : { kind: 'group', prefix: key.slice(0, end + delimiter.length) };
}

function innerFirst([a]: [string, Branch], [b]: [string, Branch]): number {
  return b.length - a.length;
}

/** Where a name stands, or would stand, among items in their order. */
function placeOf(name: string, items: readonly TreeItem[]): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && compareKeys(nameOf(item), name) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

import type { KeyTree } from '@quorate/contract';
import type { Problem } from '../failure.js';
import { delimiter } from '../keys/kv-request.js';
import { Branch, type KeyChange } from './branch.js';

/** Keys and groups held at once, over all branches: what a page can hold without a hitch. */
export const maxItems = 100_000;
/** Changes remembered: more than come while one page of keys is on its way. */
const maxRecent = 200;

/** The keys of one node as a tree, as far as somebody looked into it: pages in, branches out. */
export class KeyTreeModel {
  readonly #branches = new Map<string, Branch>();
  readonly #open = new Set<string>();
  /** The latest changes, in their order. */
  #recent: readonly KeyChange[] = [];

  get isFull(): boolean {
    let held = 0;
    for (const { items } of this.#branches.values()) held += items.length;
    return held >= maxItems;
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
      this.#branches.delete(inner);
      this.#open.delete(inner);
    }
  }

  /** A page is being read. */
  reading(prefix: string): void {
    this.#grown(prefix).reading();
  }

  /** @param after what the page was asked to begin behind: null for the first, which replaces all */
  took(prefix: string, after: string | null, page: KeyTree): void {
    this.#grown(prefix).took(after, page);
    // The page may be older than what was told while it was on its way.
    for (const change of this.#recent) this.#apply(change);
  }

  failed(prefix: string, problem: Problem): void {
    this.#grown(prefix).failed(problem);
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

  /** In every branch that shows the key, the innermost first: an emptied group goes with its last key. */
  #apply(change: KeyChange): void {
    const isEmpty = (group: string) => this.branch(group)?.isEmpty ?? false;
    for (const prefix of ['', ...groupsAround(change.key)].reverse()) {
      this.branch(prefix)?.apply(change, isEmpty);
    }
  }

  #grown(prefix: string): Branch {
    const branch = this.branch(prefix) ?? new Branch(prefix);
    this.#branches.set(prefix, branch);
    return branch;
  }
}

/** The groups that a key or a group stands in, itself included: `a/b/` and `a/` for both `a/b/` and `a/b/c`. */
export function groupsAround(name: string): string[] {
  const parts = name.split(delimiter);
  return parts.slice(0, -1).map((_, at) => parts.slice(0, at + 1).join(delimiter) + delimiter);
}

import type { Consistency, KeysChanged } from '@quorate/contract';
import { listTree } from '../../api/kv-api.js';
import type { Address } from '../../api/node-streams.js';
import { KeyTreeModel } from '../../core/data/key-tree.js';
import { TreeRows } from '../../core/data/tree-rows.js';
import { type Problem, problemOf } from '../../core/failure.js';

/** Keys and groups that one request asks for. */
const pageSize = 500;

/** Who is asked, and how new the answer must be. */
export interface Source {
  readonly address: Address;
  readonly consistency: Consistency;
}

/** The keys as a tree, as one node answers, read page by page where somebody looks. */
export class KeyBrowser {
  #source: Source | null = null;
  #tree = new KeyTreeModel();
  #rows = $state.raw(TreeRows.of(this.#tree));
  #problem = $state.raw<Problem | null>(null);
  #isOutdated = $state(false);

  get rows(): TreeRows {
    return this.#rows;
  }

  /** Whether keys were changed that nobody named: what stands here may be old. */
  get isOutdated(): boolean {
    return this.#isOutdated;
  }

  /** Why the keys at the root could not be read; what was there before stays. */
  get problem(): Problem | null {
    return this.#problem;
  }

  get openGroups(): readonly string[] {
    return this.#tree.openGroups;
  }

  /** Begins anew: what stood there stays until the first keys come. */
  look(source: Source | null, open: readonly string[]): void {
    this.#source = source;
    this.#tree = new KeyTreeModel();
    this.#isOutdated = false;
    for (const prefix of open) this.#tree.open(prefix);
    for (const prefix of ['', ...open]) {
      if (this.#tree.branch(prefix) === null) void this.#read(prefix, null);
    }
  }

  /** Opens or closes a group. */
  toggle(prefix: string): void {
    if (this.#tree.isOpen(prefix)) this.#tree.close(prefix);
    else this.open(prefix);
    this.#show();
  }

  open(prefix: string): void {
    if (this.#tree.isOpen(prefix)) return;
    this.#tree.open(prefix);
    void this.#read(prefix, null);
    this.#show();
  }

  /** Reads the next page of a branch, or the page that failed once more. */
  more(prefix: string): void {
    const branch = this.#tree.branch(prefix);
    if (branch === null || branch.state === 'reading' || this.#tree.isFull) return;
    void this.#read(prefix, branch.items.length === 0 ? null : branch.next);
  }

  told({ changes }: KeysChanged): void {
    if (changes === null) {
      this.#tree.missed();
      this.#isOutdated = true;
      return;
    }
    for (const change of changes) this.#tree.apply(change);
    if (changes.length > 0) this.#show();
  }

  async #read(prefix: string, after: string | null): Promise<void> {
    const source = this.#source;
    const tree = this.#tree;
    if (source === null) return;
    tree.reading(prefix);
    this.#show();
    try {
      const { consistency } = source;
      const operation = { verb: 'tree', prefix, after, limit: pageSize, consistency } as const;
      tree.took(prefix, after, await listTree(source.address, operation));
    } catch (error) {
      tree.failed(prefix, problemOf(error, 'read'));
    }
    if (tree === this.#tree) this.#show();
  }

  #show(): void {
    const root = this.#tree.branch('');
    this.#problem = root?.problem ?? null;
    const isRead = root !== null && (root.state === 'read' || root.items.length > 0);
    const hadSome = this.#rows.length > 0 && this.#rows.at(0)?.kind !== 'rest';
    if (!isRead && hadSome) return;
    this.#rows = TreeRows.of(this.#tree);
  }
}

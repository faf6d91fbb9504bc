import type { KeySearch } from '@quorate/contract';
import type { Problem } from '../failure.js';
import { Branch, nameOf, type TreeItem } from './branch.js';
import type { KeyTreeModel } from './key-tree.js';

interface Place {
  /** Unique among the rows. */
  readonly id: string;
  /** 1 at the root. */
  readonly level: number;
  /** Among its siblings, from 1 on, and how many they are: -1 when nobody knows yet. */
  readonly position: number;
  readonly size: number;
  /** The prefix that it stands under. */
  readonly under: string;
}

/** One line of the tree. */
export type Row =
  | (Place & {
      readonly kind: 'group';
      readonly prefix: string;
      readonly label: string;
      readonly isOpen: boolean;
    })
  | (Place & {
      readonly kind: 'key';
      readonly key: string;
      readonly label: string;
      readonly bytes: number;
      readonly index: number;
    })
  /** What else is in a branch, or why it cannot be told. */
  | (Place & {
      readonly kind: 'rest';
      readonly state: Rest;
      readonly problem: Problem | null;
    });

type Rest = 'more' | 'reading' | 'failed' | 'full' | 'empty';

export const keyId = (key: string) => `key ${key}`;
export const groupId = (prefix: string) => `group ${prefix}`;

/** Neighbours of one branch with no open group between, or what else is in the branch. */
interface Run {
  /** The first row. */
  readonly start: number;
  readonly branch: Branch;
  readonly level: number;
  /** Which of its items, up to the one before `to`; the rest stands alone. */
  readonly from: number;
  readonly to: number;
  readonly rest: Rest | null;
}

/** A tree as lines. Each is made when it is looked at: of 100,000 few ever are. */
export class TreeRows {
  readonly #runs: Run[] = [];
  #length = 0;

  private constructor(private readonly tree: KeyTreeModel | null) {}

  /** What is open, with all that was read of it. */
  static of(tree: KeyTreeModel): TreeRows {
    const rows = new TreeRows(tree);
    rows.#addBranch(tree, '', 1);
    return rows;
  }

  /** What a search has found, each key with its whole name. */
  static found(items: KeySearch['items']): TreeRows {
    const branch = new Branch('');
    branch.took(null, { items: items.map((item) => ({ kind: 'key', ...item })), next: null });
    const rows = new TreeRows(null);
    rows.#add(branch, 1, 0, items.length);
    return rows;
  }

  get length(): number {
    return this.#length;
  }

  at(row: number): Row | null {
    const run = this.#runs.findLast(({ start }) => start <= row);
    if (run === undefined || row < 0 || row >= this.#length) return null;
    const { branch, level, rest } = run;
    const at = run.from + row - run.start;
    const under = branch.prefix;
    const size = branch.next === null ? branch.items.length : -1;
    const place = { level, position: at + 1, size, under };
    if (rest !== null) {
      return { kind: 'rest', id: `rest ${under}`, ...place, state: rest, problem: branch.problem };
    }
    const item = branch.items[at];
    return item === undefined ? null : this.#itemRow(item, place);
  }

  /** Where the row with an id stands; -1 when it is not there. */
  indexOf(id: string): number {
    for (const { start, branch, from, to, rest } of this.#runs) {
      if (rest !== null && id === `rest ${branch.prefix}`) return start;
      const { at, there } = branch.find(id.slice(id.indexOf(' ') + 1));
      if (rest === null && there !== null && idOf(there) === id && at >= from && at < to) {
        return start + at - from;
      }
    }
    return -1;
  }

  #addBranch(tree: KeyTreeModel, prefix: string, level: number): void {
    const branch = tree.branch(prefix) ?? new Branch(prefix);
    let from = 0;
    for (const group of openIn(tree, branch)) {
      const { at } = branch.find(group);
      this.#add(branch, level, from, at + 1);
      this.#addBranch(tree, group, level + 1);
      from = at + 1;
    }
    this.#add(branch, level, from, branch.items.length);
    const rest = restOf(branch, tree.isFull);
    if (rest !== null) this.#add(branch, level, branch.items.length, branch.items.length + 1, rest);
  }

  #add(branch: Branch, level: number, from: number, to: number, rest: Rest | null = null): void {
    if (to === from) return;
    this.#runs.push({ start: this.#length, branch, level, from, to, rest });
    this.#length += to - from;
  }

  #itemRow(item: TreeItem, place: Omit<Place, 'id'>): Row {
    const id = idOf(item);
    // A key may be all of the prefix that it stands under.
    const label = nameOf(item).slice(place.under.length) || nameOf(item);
    if (item.kind === 'key') return { ...item, ...place, id, label };
    return { ...item, ...place, id, label, isOpen: this.tree?.isOpen(item.prefix) ?? false };
  }
}

function idOf(item: TreeItem): string {
  return item.kind === 'key' ? keyId(item.key) : groupId(item.prefix);
}

/** The open groups that stand in a branch, in their order. */
function openIn(tree: KeyTreeModel, branch: Branch): string[] {
  return tree.openGroups
    .map((group) => ({ group, ...branch.find(group) }))
    .filter(({ there }) => there !== null)
    .toSorted((a, b) => a.at - b.at)
    .map(({ group }) => group);
}

function restOf({ state, next, items }: Branch, isFull: boolean): Rest | null {
  if (state !== 'read') return state;
  if (next !== null) return isFull ? 'full' : 'more';
  return items.length === 0 ? 'empty' : null;
}

import type { FaultyNode } from './faulty-node.js';

type Names = Map<string, FaultyNode>;

/** One step of a directory, whole or not at all: takes a name away, gives one, or both (a rename). */
interface Change {
  readonly take: string | null;
  readonly give: { readonly name: string; readonly node: FaultyNode } | null;
}

/** A directory of a FaultyFiles: its names as shown, as on the disk, and the changes between them. */
export class FaultyDirectory {
  private readonly shown: Names;
  private readonly onDisk: Names;
  private pending: Change[];

  constructor(shown: Names = new Map(), onDisk: Names = new Map(), pending: Change[] = []) {
    this.shown = shown;
    this.onDisk = onDisk;
    this.pending = pending;
  }

  get names(): string[] {
    return [...this.shown.keys()];
  }

  get(name: string): FaultyNode | undefined {
    return this.shown.get(name);
  }

  change(change: Change): void {
    apply(this.shown, change);
    this.pending.push(change);
  }

  sync(): void {
    for (const change of this.pending) apply(this.onDisk, change);
    this.pending = [];
  }

  /** Any of the pending changes may have made it. */
  afterPowerLoss(survivor: (node: FaultyNode) => FaultyNode, random: () => number) {
    const names = new Map(this.onDisk);
    for (const change of this.pending) {
      if (random() >= 0.5) apply(names, change);
    }
    const left = mapValues(names, survivor);
    return new FaultyDirectory(left, new Map(left));
  }

  afterKill(survivor: (node: FaultyNode) => FaultyNode) {
    const pending = this.pending.map(({ take, give }) => ({
      take,
      give: give === null ? null : { name: give.name, node: survivor(give.node) },
    }));
    return new FaultyDirectory(
      mapValues(this.shown, survivor),
      mapValues(this.onDisk, survivor),
      pending,
    );
  }
}

function apply(names: Names, { take, give }: Change): void {
  if (take !== null) names.delete(take);
  if (give !== null) names.set(give.name, give.node);
}

function mapValues<K, V>(map: ReadonlyMap<K, V>, change: (value: V) => V): Map<K, V> {
  return new Map([...map].map(([key, value]) => [key, change(value)]));
}

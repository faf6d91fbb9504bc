import {
  type Configuration,
  decodeConfiguration,
  type Member,
  type PlacedConfiguration,
} from '../../core/configuration.js';
import type { Entry, NodeId } from '../../core/entry.js';
import type { Process } from './process.js';
import { SimNode } from './sim-node.js';
import type { World } from './world.js';

/** All nodes of one run, and what can be seen of them from above. */
export class Cluster {
  readonly nodes: readonly SimNode[];

  constructor(
    size: number,
    readonly world: World,
  ) {
    const { elections } = world;
    this.nodes = Array.from({ length: size }, (_, position) => {
      const own = elections[position % elections.length] ?? elections[0];
      return new SimNode(`n${position + 1}`, own, world);
    });
  }

  /** Their processes, the paused ones too. */
  running(): readonly Process[] {
    return this.nodes.flatMap(({ process }) => process ?? []);
  }

  node(id: NodeId): SimNode | undefined {
    return this.nodes.find((node) => node.id === id);
  }

  /** The leader of the highest term. */
  leader(): Process | undefined {
    const leaders = this.running().filter(({ core }) => core.role === 'leader');
    return leaders.sort((a, b) => b.core.term - a.core.term)[0];
  }

  /** The configuration that is known to be committed. */
  get committed(): PlacedConfiguration {
    return this.world.oracles.commits.configuration;
  }

  /** The committed configuration, and all that stand behind it on any disk or in any memory. */
  configurations(): readonly Configuration[] {
    const { index } = this.committed;
    const isLater = (entry: Entry) => entry.type === 'configuration' && entry.index > index;
    const later = this.nodes.flatMap(({ volume, process }) => [
      ...(volume?.image.entries.filter(isLater) ?? []),
      ...entriesInMemory(process).filter(isLater),
    ]);
    return [this.committed, ...later.map(({ data }) => decodeConfiguration(data))];
  }

  /** Whether the volume that the member was added with is still there, undamaged as far as is known. */
  isIntact({ id, incarnation }: Member): boolean {
    const volume = this.node(id)?.volume;
    return volume?.incarnation === incarnation && !volume.isDamaged;
  }
}

function entriesInMemory(process: Process | null): Entry[] {
  const entries: Entry[] = [];
  for (let index = process?.core.lastIndex ?? 0; index > 0; index--) {
    const entry = process?.core.log.entryAt(index);
    if (entry !== undefined) entries.push(entry);
  }
  return entries;
}

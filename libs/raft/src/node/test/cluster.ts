import type { LogStore } from '../../storage/log-store.js';
import { memoryLog } from '../../storage/memory-log.js';
import { memoryNetwork } from '../../transport/memory-transport.js';
import type { RaftEvent } from '../event.js';
import type { RaftNodeOptions } from '../options.js';
import { RaftNode } from '../raft-node.js';
import type { RaftStatus } from '../status.js';

const giveUpMs = 10_000;

/** A replicated list of words: its result is how many there are. */
export class Words {
  readonly list: string[] = [];

  apply({ data }: { readonly data: Uint8Array }): number {
    return this.list.push(new TextDecoder().decode(data));
  }
}

export interface TestNode {
  readonly id: string;
  readonly node: RaftNode<number>;
  readonly words: Words;
  readonly log: LogStore;
}

export function word(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Nodes of one process on real time, with disks and a network in memory. */
export class TestCluster implements AsyncDisposable {
  readonly network = memoryNetwork();
  private readonly running = new Map<string, TestNode>();

  /** A node at `<id>:1`: new, or restarted on the log of an earlier one. */
  async open(
    id: string,
    { log = memoryLog(), ...options }: Partial<RaftNodeOptions<number>> = {},
  ): Promise<TestNode> {
    const words = new Words();
    const node = await RaftNode.open({
      id,
      log,
      stateMachine: words,
      transport: this.network.transport(`${id}:1`),
      timing: { heartbeatMs: 25, electionMs: [150, 300] },
      ...options,
    });
    const opened = { id, node, words, log };
    this.running.set(id, opened);
    return opened;
  }

  /** n1, which leads, and others that it has made voters. */
  async form(size: number): Promise<[TestNode, ...TestNode[]]> {
    const first = await this.open('n1');
    await first.node.bootstrap();
    const others: TestNode[] = [];
    for (let i = 2; i <= size; i++) others.push(await this.join(await this.open(`n${i}`), first));
    return [first, ...others];
  }

  async join(joining: TestNode, member: TestNode): Promise<TestNode> {
    const { id, node } = joining;
    await member.node.membership.add({ id, address: node.status.address });
    await until(joining, isVoter);
    return joining;
  }

  /** Cuts a node off from everybody else. */
  isolate({ id }: TestNode): void {
    for (const other of this.running.keys()) {
      if (other !== id) this.network.cut(`${id}:1`, `${other}:1`);
    }
  }

  /** The first of these nodes that leads. */
  leaderOf(...nodes: readonly TestNode[]): Promise<TestNode> {
    return Promise.any(nodes.map(async (each) => (await until(each, leads), each)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.network.heal();
    await Promise.all([...this.running.values()].map(({ node }) => node.close()));
  }
}

export const leads = ({ role }: RaftStatus): boolean => role === 'leader';

export const isVoter = ({ id, configuration }: RaftStatus): boolean => {
  return configuration.members.some((member) => member.id === id && member.role === 'voter');
};

export const hasApplied = (index: number) => {
  return ({ appliedIndex }: RaftStatus): boolean => appliedIndex >= index;
};

/** Waits until a node's status is as wished. */
export async function until(
  { id, node }: TestNode,
  wished: (status: RaftStatus) => boolean,
): Promise<RaftStatus> {
  const signal = AbortSignal.timeout(giveUpMs);
  for await (const status of node.watch({ signal })) if (wished(status)) return status;
  throw new Error(`${id} never came to what was waited for: ${JSON.stringify(node.status)}`);
}

/** The events of this type so far. */
export function eventsOf<T extends RaftEvent['type']>(
  { node }: TestNode,
  type: T,
): Extract<RaftEvent, { type: T }>[] {
  const isWanted = (event: RaftEvent): event is Extract<RaftEvent, { type: T }> =>
    event.type === type;
  return node.eventsAfter(0).events.filter(isWanted);
}

/** Waits for an event, from the node's first on. */
export async function untilEvent({ id, node }: TestNode, type: string): Promise<unknown> {
  const signal = AbortSignal.timeout(giveUpMs);
  for await (const event of node.events({ since: 1, signal })) {
    if (event.type === type) return event;
  }
  throw new Error(`${id} never told of ${type}`);
}

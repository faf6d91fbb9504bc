import assert from 'node:assert/strict';
import type { NodeId } from '../../core/entry.js';
import type { Transport } from '../../transport/transport.js';
import { eventually } from '../eventually.js';
import type { SuiteCase } from '../suite.js';
import { Recorder } from './recorder.js';

/**
 * Makes a transport for the node of this name: at an address of its own, or again at the address
 * that one had which is closed by now. All reach each other. `listen` is called by the suite.
 */
export type NewTransport = (nodeId: NodeId, address?: string) => Transport;

export interface NodeOptions {
  /** Default `c1`; null for a blank node. */
  readonly clusterId?: string | null;
  readonly incarnation?: string;
  readonly address?: string;
}

/** The nodes of one case. */
export class Group {
  private readonly started: Recorder[] = [];

  constructor(private readonly make: NewTransport) {}

  async start(nodeId: NodeId, options: NodeOptions = {}): Promise<Recorder> {
    const { clusterId = 'c1', incarnation = `${nodeId}-a`, address } = options;
    const attributes = { http: `http://${nodeId}:8000` };
    const identity = { nodeId, incarnation, clusterId, attributes };
    const node = new Recorder(this.make(nodeId, address), identity);
    this.started.push(node);
    node.address = await node.transport.listen(node);
    return node;
  }

  async startAll<const Ids extends readonly NodeId[]>(
    ...ids: Ids
  ): Promise<{ [At in keyof Ids]: Recorder }> {
    const nodes = await Promise.all(ids.map((id) => this.start(id)));
    return nodes as { [At in keyof Ids]: Recorder };
  }

  async connect(from: Recorder, to: Recorder): Promise<void> {
    from.transport.setPeers([to.asPeer()]);
    await eventually(() => assert.ok(from.isConnectedTo(to.self.nodeId)));
  }

  async close(): Promise<void> {
    await Promise.all(this.started.map(({ transport }) => transport.close()));
  }
}

/** A case on nodes of its own. */
export function promise(
  name: string,
  run: (group: Group) => Promise<void>,
): SuiteCase<NewTransport> {
  return {
    name,
    run: async (make) => {
      const group = new Group(make);
      try {
        await run(group);
      } finally {
        await group.close();
      }
    },
  };
}

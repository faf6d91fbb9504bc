import type { NodeLog, NodeProcess as Description, ProcessAction } from '@quorate/contract';
import type { DataDirectory } from '../data/data-directory.js';
import type { PidFile } from '../data/pid-file.js';
import { maxNodes, overlap, type Place, placeAt } from '../data/place.js';
import { SupervisorError } from '../errors.js';
import { NodeProcess } from './node-process.js';
import { isFree } from './ports.js';

export interface FleetInit {
  data: DataDirectory;
  pids: PidFile;
  /** At least one. */
  places: readonly Place[];
  /** The node's program. */
  script: string;
  /** The dashboard's port: its pages may talk to the nodes. */
  dashboardPort: number;
  /** Told of a node that ended although nobody asked it to. */
  crashed: (node: NodeProcess) => void;
}

/** Told what has changed: processes' states, or only their logs. */
export type FleetListener = (what: 'state' | 'log') => void;

/** The node processes of this machine. */
export class Fleet {
  readonly #init: FleetInit;
  #nodes: readonly NodeProcess[];
  readonly #listeners = new Set<FleetListener>();
  #closing = false;

  constructor(init: FleetInit) {
    this.#init = init;
    this.#nodes = init.places.map((place) => this.#nodeAt(place));
  }

  get nodes(): readonly NodeProcess[] {
    return this.#nodes;
  }

  list(): Description[] {
    return this.#nodes.map((node) => node.describe());
  }

  onChange(listener: FleetListener): void {
    this.#listeners.add(listener);
  }

  /**
   * Starts one more blank node, which belongs to no cluster until it is joined.
   * @param id default: n1, n2, … after its ports
   */
  async add(id?: string): Promise<Description> {
    const node = this.#nodeAt(await this.#freePlace(id));
    this.#nodes = [...this.#nodes, node];
    this.#save();
    await node.start();
    return node.describe();
  }

  async perform(id: string, action: ProcessAction): Promise<Description> {
    const node = this.#get(id);
    if (action === 'wipe') await this.#wipe(node);
    else await node[action]();
    return node.describe();
  }

  /** @param lines at most so many of the last */
  logOf(id: string, lines: number): NodeLog {
    return this.#get(id).log(lines);
  }

  /** Forgets a node that is stopped, and removes its volume. Whether it is a member is not looked at. */
  async forget(id: string): Promise<void> {
    const node = this.#get(id);
    if (this.#nodes.length === 1) {
      throw new SupervisorError('conflict', `${id} is the last node here: wipe it instead.`);
    }
    if (node.state !== 'exited') {
      throw new SupervisorError('conflict', `${id} is ${node.state}: stop it first.`);
    }
    // From here on nobody starts it any more.
    await node.retire();
    // A volume that is there still would be that of the next node of this name.
    this.#init.data.emptyVolume(id);
    this.#nodes = this.#nodes.filter((other) => other !== node);
    this.#save();
    this.#tell('state');
  }

  /** Notes which nodes are still to be brought into the cluster. */
  setToJoin(ids: ReadonlySet<string>): void {
    for (const { place } of this.#nodes) place.toJoin = ids.has(place.id);
    this.#save();
  }

  /** Stops every node, paused ones too, for good. */
  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all(this.#nodes.map((node) => node.retire()));
  }

  /** Ends every node that is still there, at once. */
  async kill(): Promise<void> {
    await Promise.all(this.#nodes.map((node) => node.kill()));
  }

  /** Stops it if need be, empties its volume, and leaves it stopped. */
  async #wipe(node: NodeProcess): Promise<void> {
    await node.stop();
    if (node.state !== 'exited') {
      throw new SupervisorError('conflict', `${node.id} was started again meanwhile.`, true);
    }
    this.#init.data.emptyVolume(node.id);
  }

  #get(id: string): NodeProcess {
    const node = this.#nodes.find((candidate) => candidate.id === id);
    if (node) return node;
    const known = this.#nodes.map((candidate) => candidate.id).join(', ');
    throw new SupervisorError('not-found', `There is no node '${id}' here; there are ${known}.`);
  }

  /** Skips the ports that another program holds. */
  async #freePlace(id: string | undefined): Promise<Place> {
    const first = this.#nodes[0]?.place;
    for (let n = 0; first && n < 2 * maxNodes; n++) {
      const next = placeAt(n, first);
      const place = { ...next, id: id ?? next.id, toJoin: false };
      const free = (await isFree(place.httpPort)) && (await isFree(place.raftPort));
      this.#refuseMore(id);
      if (free && !this.#nodes.some((other) => overlap(place, other.place))) return place;
    }
    throw new SupervisorError('limit-reached', 'No pair of free ports was found for a new node.');
  }

  #refuseMore(id: string | undefined): void {
    if (this.#closing) throw new SupervisorError('shutting-down', 'The supervisor is stopping.');
    if (this.#nodes.length >= maxNodes) {
      throw new SupervisorError(
        'limit-reached',
        `There are ${maxNodes} nodes, which is the limit.`,
      );
    }
    if (this.#nodes.some((node) => node.id === id)) {
      throw new SupervisorError('conflict', `There is a node '${id ?? ''}' already.`);
    }
  }

  #nodeAt(place: Place): NodeProcess {
    const node: NodeProcess = new NodeProcess({
      place,
      script: this.#init.script,
      env: this.#environmentOf(place),
      changed: (what) => {
        if (what === 'state') this.#stateChanged(node);
        this.#tell(what);
      },
    });
    return node;
  }

  #tell(what: 'state' | 'log'): void {
    for (const listener of this.#listeners) listener(what);
  }

  #stateChanged(node: NodeProcess): void {
    this.#init.pids.record(
      this.#nodes.flatMap(({ id, pid }) => (pid === null ? [] : [{ id, pid }])),
    );
    if (node.crashed) this.#init.crashed(node);
  }

  #environmentOf({ id, httpPort, raftPort }: Place): NodeJS.ProcessEnv {
    const port = this.#init.dashboardPort;
    return {
      LOG_FORMAT: 'pretty',
      // A cluster of one machine is one to learn on, and to try things out.
      QUORATE_CHAOS: 'on',
      ...process.env,
      HTTP_SERVER_PORT: String(httpPort),
      RAFT_SERVER_PORT: String(raftPort),
      RAFT_NODE_ID: id,
      // The supervisor bootstraps one node, once; a variable would outlive the first start.
      RAFT_BOOTSTRAP: undefined,
      RAFT_VOLUME_DIR: this.#init.data.volumeOf(id),
      QUORATE_ALLOWED_ORIGINS: `http://localhost:${port},http://127.0.0.1:${port}`,
    };
  }

  #save(): void {
    this.#init.data.save(this.#nodes.map((node) => node.place));
  }
}

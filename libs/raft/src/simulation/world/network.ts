import { MalformedMessageError } from '../../codec/malformed.js';
import type { NodeId } from '../../core/entry.js';
import { isResponse, type Message } from '../../core/message.js';
import { messageFrame } from '../../transport/frame.js';
import { agreedProtocol } from '../../transport/protocol.js';
import { isSpoken } from '../../transport/spoken.js';
import type { Journal } from '../journal.js';
import { rules } from '../oracles/rules.js';
import type { Random, Span } from '../time/random.js';
import type { Timeline } from '../time/timeline.js';
import type { Air } from './air.js';
import { Connection, type Dialling, type End, type Host, type Peer, Port } from './connection.js';

const dialMs: Span = [2, 40];
const redialMs: Span = [50, 300];
/** A stream has no borders: of so many frames one comes in two pieces, with others' ends in them. */
const cutChance = 0.1;
const restMs: Span = [0, 3];

export interface NetworkOptions {
  readonly air: Air;
  /** Whether a listener turns away who wants another incarnation, as the real transports do. */
  readonly checksIncarnation: boolean;
  readonly timeline: Timeline;
  readonly random: Random;
  readonly journal: Journal;
}

/** The connections between the nodes, and what they carry through the air. */
export class Network {
  private readonly ports = new Map<NodeId, Port>();

  constructor(private readonly options: NetworkOptions) {}

  // --- processes -----------------------------------------------------------------------------------

  open(host: Host): Port {
    const port = new Port(host);
    this.ports.set(host.id, port);
    return port;
  }

  /** The process is gone; its peers learn it as soon as word can reach them. */
  close(port: Port): void {
    port.isOpen = false;
    this.ports.delete(port.host.id);
    for (const { connection } of port.dialled.values()) {
      if (connection !== null) this.closeEnd(connection, connection.dialler);
    }
    for (const connection of port.accepted.values()) {
      this.closeEnd(connection, connection.listener);
    }
  }

  setPeers(port: Port, peers: readonly Peer[]): void {
    for (const [id, { peer, connection }] of port.dialled) {
      const wanted = peers.find((each) => each.id === id);
      if (wanted?.incarnation === peer.incarnation) continue;
      port.dialled.delete(id);
      if (connection !== null) this.closeEnd(connection, connection.dialler);
    }
    for (const peer of peers) {
      if (port.dialled.has(peer.id)) continue;
      const dialling: Dialling = { peer, connection: null };
      port.dialled.set(peer.id, dialling);
      this.dial(port, dialling, dialMs);
    }
  }

  isConnected(port: Port, peer: NodeId): boolean {
    return port.dialled.get(peer)?.connection?.dialler.isOpen === true;
  }

  /** Breaks what connects these two, in either direction. */
  disconnect(one: NodeId, other: NodeId): void {
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      const connection = this.ports.get(from)?.dialled.get(to)?.connection ?? null;
      if (connection === null) continue;
      this.closeEnd(connection, connection.dialler);
      this.closeEnd(connection, connection.listener);
    }
  }

  // --- connections ---------------------------------------------------------------------------------

  private dial(port: Port, dialling: Dialling, delayMs: Span): void {
    this.options.timeline.after(this.options.random.between(delayMs), () => {
      if (!port.isOpen || port.dialled.get(dialling.peer.id) !== dialling) return;
      const listener = this.listenerFor(port, dialling.peer);
      if (listener === null) this.dial(port, dialling, redialMs);
      else this.connect(port, dialling, listener);
    });
  }

  private listenerFor({ host }: Port, peer: Peer): Port | null {
    const listener = this.ports.get(peer.id);
    if (listener?.host.isAwake !== true || !host.isAwake || host.clusterId === null) return null;
    const { checksIncarnation } = this.options;
    if (checksIncarnation && listener.host.incarnation !== peer.incarnation) return null;
    const { air } = this.options;
    return air.passes(host.id, peer.id) && air.passes(peer.id, host.id) ? listener : null;
  }

  private connect(port: Port, dialling: Dialling, listener: Port): void {
    const { clusterId, protocols } = port.host;
    const protocol = agreedProtocol(protocols, listener.host.protocols);
    if (clusterId === null || protocol === null) return;
    const connection = new Connection(port, listener, clusterId, protocol);
    dialling.connection = connection;
    const { id } = port.host;
    const earlier = listener.accepted.get(id);
    listener.accepted.set(id, connection);
    if (earlier !== undefined) this.closeEnd(earlier, earlier.listener);
    port.host.connectionChanged(dialling.peer.id, true);
  }

  /** Closes one end and tells its process; the other end hears of it, if anything can be heard. */
  private closeEnd(connection: Connection, end: End): void {
    if (!end.isOpen) return;
    end.isOpen = false;
    const opposite = connection.opposite(end);
    if (opposite.isOpen) {
      this.options.air.travel(end.port.host.id, opposite.port.host.id, () =>
        this.closeEnd(connection, opposite),
      );
    }
    if (!end.port.isOpen) return;
    const peer = opposite.port.host.id;
    if (end === connection.dialler) {
      const dialling = end.port.dialled.get(peer);
      if (dialling?.connection !== connection) return;
      dialling.connection = null;
      this.dial(end.port, dialling, redialMs);
      end.port.host.connectionChanged(peer, false);
    } else if (end.port.accepted.get(peer) === connection) {
      end.port.accepted.delete(peer);
      end.port.host.disconnected(peer);
    }
  }

  // --- messages ------------------------------------------------------------------------------------

  /** Sends, or drops where there is no connection. Responses go back on the one that brings requests. */
  send(port: Port, to: NodeId, message: Message): void {
    const connection = isResponse(message)
      ? port.accepted.get(to)
      : (port.dialled.get(to)?.connection ?? undefined);
    if (connection === undefined || !isSpoken(message, connection.protocol)) return;
    const near = isResponse(message) ? connection.listener : connection.dialler;
    const { random, air } = this.options;
    const { lossChance, duplicateChance } = air.conditions;
    const twice = mayComeTwice(message) && random.chance(duplicateChance);
    const frame = messageFrame(message);
    for (let copies = twice ? 2 : 1; copies > 0; copies--) {
      if (random.chance(lossChance)) continue;
      air.travel(port.host.id, to, () => this.arrive(connection, near, frame));
    }
  }

  private arrive(connection: Connection, near: End, frame: Buffer): void {
    const far = connection.opposite(near);
    if (!far.port.isOpen || !far.isOpen) {
      // As TCP does it: who sends to a closed end is told that it is closed.
      const { id } = far.port.host;
      this.options.air.travel(id, near.port.host.id, () => this.closeEnd(connection, near));
      return;
    }
    const { random, timeline, journal, air } = this.options;
    if (random.chance(air.conditions.noiseChance)) {
      far.stream.arrived(garbled(frame, random));
      far.stream.isGarbled = true;
      journal.counts.framesGarbled++;
    } else far.stream.arrived(frame);
    const cut = random.chance(cutChance) ? random.integer([0, far.stream.waitingBytes]) : 0;
    this.deliver(connection, near, cut);
    if (cut > 0) {
      timeline.after(random.between(restMs), () => this.deliver(connection, near, 0));
    }
  }

  /** Hands over what has arrived, but for the last bytes. */
  private deliver(connection: Connection, near: End, left: number): void {
    const far = connection.opposite(near);
    const { id: from, incarnation } = near.port.host;
    const { host } = far.port;
    const { clusterId, protocol } = connection;
    const { journal } = this.options;
    try {
      for (const message of far.stream.take(left)) {
        if (!far.port.isOpen || !far.isOpen) return;
        journal.counts.messages++;
        host.received({ from, incarnation, clusterId, protocol, message });
      }
    } catch (error) {
      if (!(error instanceof MalformedMessageError)) throw error;
      if (!far.stream.isGarbled) {
        journal.violate(rules.wireForm, `from ${from} to ${host.id}: ${error.message}`);
      }
      journal.counts.streamsBroken++;
      journal.tell(host.id, () => `closes its connection with ${from}: ${error.message}`);
      this.closeEnd(connection, far);
    }
  }
}

function mayComeTwice({ type }: Message): boolean {
  return type !== 'propose-request' && type !== 'membership-request';
}

/** Never its length: with that a stream waits for bytes that never come, and nobody can see it. */
function garbled(frame: Buffer, random: Random): Buffer {
  const bytes = Buffer.from(frame);
  const at = random.integer([4, bytes.length - 1]);
  bytes.writeUInt8(bytes.readUInt8(at) ^ random.integer([1, 255]), at);
  return bytes;
}

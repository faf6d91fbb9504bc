import type { NodeId } from '../../core/entry.js';
import type { ProtocolRange } from '../../transport/protocol.js';
import type { Received } from '../../transport/transport.js';
import { Stream } from './stream.js';

/** A process, as the network sees it. */
export interface Host {
  readonly id: NodeId;
  readonly incarnation: string;
  /** null while it belongs to no cluster: then it dials nobody. */
  readonly clusterId: string | null;
  /** The versions of the protocol that it speaks. */
  readonly protocols: ProtocolRange;
  /** A paused process takes what comes, but shakes no hands. */
  readonly isAwake: boolean;
  received(received: Received): void;
  /** The connection that brought this peer's requests closed. */
  disconnected(peer: NodeId): void;
  /** The connection that takes requests to this peer is there, or gone. */
  connectionChanged(peer: NodeId, connected: boolean): void;
}

/** A peer to keep a connection to. */
export interface Peer {
  readonly id: NodeId;
  readonly incarnation: string;
}

/** One process's place on the network. It goes with the process. */
export class Port {
  isOpen = true;
  /** Connections that this process dialled, or wants to: they take its requests. */
  readonly dialled = new Map<NodeId, Dialling>();
  /** Connections that it accepted, the latest of each peer: they bring requests. */
  readonly accepted = new Map<NodeId, Connection>();

  constructor(readonly host: Host) {}
}

export interface Dialling {
  readonly peer: Peer;
  connection: Connection | null;
}

/** One end of a connection. Each learns by itself, and late, that the other is gone. */
export interface End {
  readonly port: Port;
  isOpen: boolean;
  /** The bytes that come to this end. */
  readonly stream: Stream;
}

/**
 * A connection as of TCP: it carries the dialler's requests there and the responses back, and joins
 * two processes, not two nodes: nothing of it reaches the next life of either.
 */
export class Connection {
  readonly dialler: End;
  readonly listener: End;

  constructor(
    dialler: Port,
    listener: Port,
    /** The dialler's: it speaks for it, also where the other side belongs to none yet. */
    readonly clusterId: string,
    /** The version that both speak. */
    readonly protocol: number,
  ) {
    this.dialler = { port: dialler, isOpen: true, stream: new Stream() };
    this.listener = { port: listener, isOpen: true, stream: new Stream() };
  }

  opposite(end: End): End {
    return end === this.dialler ? this.listener : this.dialler;
  }
}

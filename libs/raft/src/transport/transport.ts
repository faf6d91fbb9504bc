import type { Message } from '../core/message.js';
import type { NodeId } from '../core/entry.js';
import type { TransportCounters } from './counters.js';
import type { Direction, FaultEvent } from './faults/fault.js';

/** What a node says of itself when a connection opens. */
export interface LocalIdentity {
  readonly nodeId: NodeId;
  readonly incarnation: string;
  /** null while the node is blank. */
  readonly clusterId: string | null;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A peer that this node sends requests to. */
export interface PeerAddress {
  readonly id: NodeId;
  /** `host:port` */
  readonly address: string;
  /** The connection is refused when another incarnation answers. */
  readonly incarnation: string;
}

export function samePeer(one: PeerAddress, other: PeerAddress | undefined): boolean {
  return one.address === other?.address && one.incarnation === other.incarnation;
}

/** A message, and who sent it. */
export interface Received {
  readonly from: NodeId;
  readonly incarnation: string;
  /** The sender's cluster; a blank node is adopted by the first cluster whose leader sends it entries. */
  readonly clusterId: string;
  /** The version of the protocol that was agreed with the sender. */
  readonly protocol: number;
  readonly message: Message;
  /** What the sender has named it for those who trace messages; absent when it has not. */
  readonly traceId?: number | undefined;
}

/** A message that this node has sent or that came to it, and that got no further. */
export interface LostMessage {
  readonly peer: NodeId;
  readonly direction: Direction;
  readonly message: Message;
  readonly traceId: number | undefined;
  /** In words. */
  readonly reason: string;
}

/** The connection that takes this node's requests to a peer. */
export interface PeerState {
  /** Whether all its lanes stand. */
  readonly connected: boolean;
  /** Why it is down, or why messages are dropped although it is up. */
  readonly error: string | null;
  /** The version of the protocol that was agreed with the peer; null while none is. */
  readonly protocol: number | null;
}

/** What the transport tells its node. No call throws. */
export interface TransportHandler {
  /** Asked at every handshake, since a blank node's cluster id comes later. */
  identity(): LocalIdentity;
  /** A message came. Those of one lane come in the order in which they were sent. */
  received(received: Received): void;
  /** The connection that brought this peer's requests closed, and why: the peer may be dead. */
  disconnected(peer: NodeId, reason: string): void;
  /**
   * A connection from `remote` was turned away, broke before it said who it is, or was a lane of a
   * living peer and brought what no correct node sends.
   */
  refused(remote: string, reason: string): void;
  /** Something of this state is other than before. */
  peerState(peer: NodeId, state: PeerState): void;
  /** A message ends here, as far as the transport knows. Nobody has to tell. */
  lost?(lost: LostMessage): void;
  /** Told by a transport between whose peers faults can be injected. */
  fault?(event: FaultEvent): void;
}

/**
 * Carries messages between nodes. It may lose them or bring them late, and never changes them. It
 * keeps the order of those that carry entries and of those that carry proposals, and it brings none
 * twice: a repeated proposal would be appended twice. What an implementation has to promise, the
 * suite of `@quorate/raft/testing` tries.
 */
export interface Transport {
  /** Present where the transport counts. They only rise. */
  readonly counters?: Readonly<TransportCounters> | undefined;

  /**
   * Starts to listen. Resolves with the address that others can reach, `host:port`.
   * @throws RaftError `invalid-argument` when the address cannot be listened on.
   */
  listen(handler: TransportHandler): Promise<string>;

  /** The peers to keep a connection to; connections to others are closed. To be called after `listen`. */
  setPeers(peers: readonly PeerAddress[]): void;

  /**
   * Sends, or drops when there is no connection or its buffer is full. Never throws, never waits.
   * @param traceId a counter below 2^47 that goes with the message where the peer knows of such
   */
  send(to: NodeId, message: Message, traceId?: number): void;

  /**
   * Asks who answers at an address, before it becomes a member. Settles within 3 seconds.
   * @throws RaftError `peer-unreachable`; `peer-mismatch` when another version answers, or no node;
   *   `invalid-argument` when the address is not `host:port`; `stopped`.
   */
  probe(address: string): Promise<LocalIdentity>;

  /** Ends everything. Resolves when the address is free again; from the call on, nothing is told. */
  close(): Promise<void>;
}

import type { Message } from '../core/message.js';
import type { NodeId } from '../core/entry.js';

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

export interface Received {
  readonly from: NodeId;
  readonly incarnation: string;
  /** The sender's cluster; a blank node is adopted by the first cluster whose leader sends it entries. */
  readonly clusterId: string;
  readonly message: Message;
}

/** What the transport tells its node. No call throws. */
export interface TransportHandler {
  /** Asked at every handshake, since a blank node's cluster id comes later. */
  identity(): LocalIdentity;
  received(received: Received): void;
  /** The connection that brought this peer's requests closed, and why. */
  disconnected(peer: NodeId, reason: string): void;
  /** A connection from `remote` was turned away, or broke before it said who it is. */
  refused(remote: string, reason: string): void;
  /**
   * The state of the connection to this peer changed; `error` says why it is down, or why messages
   * are dropped although it is up.
   */
  peerState(
    peer: NodeId,
    state: { readonly connected: boolean; readonly error: string | null },
  ): void;
}

/**
 * Carries messages between nodes. It may lose them or bring them late, and never changes them. It
 * brings none twice: a repeated proposal would be appended twice.
 */
export interface Transport {
  /**
   * Starts to listen. Resolves with the address that others can reach, `host:port`.
   * @throws RaftError `invalid-argument` when the address cannot be listened on.
   */
  listen(handler: TransportHandler): Promise<string>;

  /** The peers to keep a connection to; connections to others are closed. To be called after `listen`. */
  setPeers(peers: readonly PeerAddress[]): void;

  /** Sends, or drops when there is no connection or its buffer is full. Never throws, never waits. */
  send(to: NodeId, message: Message): void;

  /**
   * Asks who answers at an address, before it becomes a member. Settles within 3 seconds.
   * @throws RaftError `peer-unreachable`; `peer-mismatch` when another version answers;
   *   `invalid-argument` when the address is not `host:port`; `stopped`.
   */
  probe(address: string): Promise<LocalIdentity>;

  close(): Promise<void>;
}

import type { Member } from '../../core/configuration.js';
import type { NodeId } from '../../core/entry.js';
import type { PeerAddress, PeerState, Transport } from '../../transport/transport.js';
import type { PeerConnection } from '../status.js';

const unconnected: PeerState = { connected: false, error: null, protocol: null };

/** The connections that carry this node's requests: one to everybody else whom it has to do with. */
export class Peers {
  private readonly peers = new Map<NodeId, { address: PeerAddress; connection: PeerConnection }>();

  constructor(
    private readonly self: NodeId,
    private readonly transport: Pick<Transport, 'setPeers'>,
  ) {}

  configure(members: readonly Member[]): void {
    const before = new Map(this.peers);
    this.peers.clear();
    for (const { id, address, incarnation } of members) {
      if (id === this.self) continue;
      const known = before.get(id);
      // Somewhere else, or another volume: that is a connection still to be made.
      const same = known?.address.address === address && known.address.incarnation === incarnation;
      const connection = same ? known.connection : { id, ...unconnected };
      this.peers.set(id, { address: { id, address, incarnation }, connection });
    }
    this.transport.setPeers([...this.peers.values()].map(({ address }) => address));
  }

  /** What was known before; undefined when it is nobody to be connected to. */
  update(connection: PeerConnection): PeerConnection | undefined {
    const peer = this.peers.get(connection.id);
    const before = peer?.connection;
    if (peer !== undefined) peer.connection = connection;
    return before;
  }

  isConnected(id: NodeId): boolean {
    return this.peers.get(id)?.connection.connected === true;
  }

  /** A connected peer that speaks an older protocol than this one; undefined when there is none. */
  olderThan(protocol: number): NodeId | undefined {
    return this.list().find((peer) => peer.protocol !== null && peer.protocol < protocol)?.id;
  }

  list(): readonly PeerConnection[] {
    return [...this.peers.values()].map(({ connection }) => connection);
  }
}

import type { NodeId } from '../../core/entry.js';
import type {
  LocalIdentity,
  PeerAddress,
  PeerState,
  Received,
  Transport,
  TransportHandler,
} from '../../transport/transport.js';

/** A node that only writes down what its transport tells it. */
export class Recorder implements TransportHandler {
  readonly messages: Received[] = [];
  readonly disconnects: NodeId[] = [];
  readonly refusals: string[] = [];
  readonly states: (PeerState & { readonly peer: NodeId })[] = [];
  address = '';
  whenReceived: (() => void) | undefined;
  whenDown: (() => void) | undefined;

  constructor(
    readonly transport: Transport,
    public self: LocalIdentity,
  ) {}

  identity(): LocalIdentity {
    return this.self;
  }

  received(received: Received): void {
    this.messages.push(received);
    this.whenReceived?.();
  }

  disconnected(peer: NodeId): void {
    this.disconnects.push(peer);
  }

  refused(_remote: string, reason: string): void {
    this.refusals.push(reason);
  }

  peerState(peer: NodeId, state: PeerState): void {
    this.states.push({ peer, ...state });
    if (!state.connected) this.whenDown?.();
  }

  asPeer(over: Partial<PeerAddress> = {}): PeerAddress {
    const { nodeId, incarnation } = this.self;
    return { id: nodeId, address: this.address, incarnation, ...over };
  }

  stateOf(peer: NodeId): PeerState {
    const unknown = { connected: false, error: null, protocol: null };
    return this.states.findLast((state) => state.peer === peer) ?? unknown;
  }

  isConnectedTo(peer: NodeId): boolean {
    return this.stateOf(peer).connected;
  }
}

import type { NodeId } from '../core/entry.js';
import type { CoreStatus } from '../core/status.js';
import type { LeaderHint } from '../errors.js';
import type { PeerState } from '../transport/transport.js';
import type { SessionsStatus } from './sessions/session-event.js';

/** The connection that carries this node's requests to a peer. */
export interface PeerConnection extends PeerState {
  readonly id: NodeId;
}

/** Everything a node knows about itself, at one instant. */
export interface RaftStatus extends Omit<CoreStatus, 'leader'> {
  readonly incarnation: string;
  /** null while the node is blank: it belongs to no cluster yet. */
  readonly clusterId: string | null;
  /** Where peers reach it, `host:port`. */
  readonly address: string;
  readonly leader: LeaderHint | null;
  readonly appliedIndex: number;
  readonly sessions: SessionsStatus;
  readonly connections: readonly PeerConnection[];
}

import type { NodeId } from '../core/entry.js';
import type { Message } from '../core/message.js';
import { messageFrame } from './frame.js';
import type { SendResult } from './framed-socket.js';
import type { Caller, InboundConnection } from './inbound-connection.js';
import { laneOf } from './lane.js';
import type { Lane } from './lane.js';
import { isSpoken, spokenTraceId } from './spoken.js';

/** The lanes that one peer has dialled. Bulk lives as long as control does. */
interface InboundPeer {
  readonly caller: Caller;
  readonly lanes: Map<Lane, InboundConnection>;
}

/** Who has dialled this node, and on which connection each answer goes back. */
export class InboundPeers {
  private readonly peers = new Map<NodeId, InboundPeer>();

  /** A peer keeps one connection of each lane: when it dials again, it has given up the earlier one. */
  accept(caller: Caller, connection: InboundConnection): void {
    const { dialer, lane } = caller;
    const peer = this.peers.get(dialer.nodeId);
    if (lane === 'control') {
      this.peers.set(dialer.nodeId, { caller, lanes: new Map([[lane, connection]]) });
      for (const earlier of peer?.lanes.values() ?? []) earlier.close(REPLACED);
    } else if (peer?.caller.dialer.incarnation === dialer.incarnation) {
      const earlier = peer.lanes.get(lane);
      peer.lanes.set(lane, connection);
      earlier?.close(REPLACED);
    } else {
      connection.close(`${dialer.nodeId} has no control lane`);
    }
  }

  /** @returns true when it was one that answers go back on, and none has replaced it. */
  closed({ dialer, lane }: Caller, connection: InboundConnection): boolean {
    const peer = this.peers.get(dialer.nodeId);
    if (peer?.lanes.get(lane) !== connection) return false;
    peer.lanes.delete(lane);
    if (lane === 'control') {
      this.peers.delete(dialer.nodeId);
      for (const other of peer.lanes.values()) other.close('the control lane closed');
    }
    return true;
  }

  /** Sends a response to a peer, on the lane that brought its request. */
  send(to: NodeId, message: Message, traceId?: number): SendResult {
    const peer = this.peers.get(to);
    if (peer === undefined) return 'closed';
    const { protocol } = peer.caller;
    if (!isSpoken(message, protocol)) return 'dropped';
    const frame = messageFrame(message, spokenTraceId(traceId, protocol));
    return peer.lanes.get(laneOf(message.type, protocol))?.send(frame) ?? 'closed';
  }
}

const REPLACED = 'replaced by a newer connection';

import type { Message } from '../core/message.js';
import { DialledLane } from './dialled-lane.js';
import type { DialledLaneOwner } from './dialled-lane.js';
import { messageFrame } from './frame.js';
import type { SendResult } from './framed-socket.js';
import { hasLanes, laneOf } from './lane.js';
import type { Lane } from './lane.js';
import { isSpoken, spokenTraceId } from './spoken.js';
import type { TcpSettings } from './tcp-settings.js';
import type { PeerAddress, PeerState } from './transport.js';

export interface PeerLinkOwner extends Pick<DialledLaneOwner, 'identity' | 'received'> {
  /** Told when something of it is other than before. */
  stateChanged(state: PeerState): void;
}

/** The lanes to one peer. */
export class PeerLink {
  private readonly control: DialledLane;
  private readonly bulk: DialledLane;
  private told: PeerState = { connected: false, error: null, protocol: null };

  constructor(
    readonly peer: PeerAddress,
    private readonly settings: TcpSettings,
    private readonly owner: PeerLinkOwner,
  ) {
    this.control = this.lane('control');
    this.bulk = this.lane('bulk');
    this.control.open();
  }

  send(message: Message, traceId?: number): SendResult {
    const { protocol } = this.control;
    if (protocol === null) return 'closed';
    if (!isSpoken(message, protocol)) {
      return this.drop(
        `protocol ${protocol} of ${this.peer.id} does not know this ${message.type}`,
      );
    }
    const frame = messageFrame(message, spokenTraceId(traceId, protocol));
    if (frame.length > this.settings.limits.maxMessageBytes) {
      return this.drop(`a ${message.type} of ${frame.length} bytes is too large to be sent`);
    }
    return this[laneOf(message.type, protocol)].send(frame);
  }

  keepAlive(): void {
    this.control.keepAlive();
    this.bulk.keepAlive();
  }

  close(): void {
    this.control.close('no peer any more');
    this.bulk.close('no peer any more');
  }

  private lane(lane: Lane): DialledLane {
    const { peer, settings, owner } = this;
    return new DialledLane(lane, peer, settings, {
      identity: () => owner.identity(),
      received: (received) => {
        settings.counters.messagesReceived++;
        owner.received(received);
      },
      changed: () => this.laneChanged(),
    });
  }

  private laneChanged(): void {
    const { control, bulk } = this;
    const { protocol } = control;
    const wantsBulk = protocol !== null && hasLanes(protocol);
    // The peer takes a bulk lane while it has the control lane, and with it lets go of both.
    if (wantsBulk) bulk.open();
    else bulk.close('the control lane closed');
    const connected = protocol !== null && (!wantsBulk || bulk.protocol === protocol);
    const error = control.error ?? bulk.error;
    const isDialling = !connected && error === null;
    if (!isDialling) this.tell({ connected, error, protocol: connected ? protocol : null });
  }

  private drop(error: string): SendResult {
    this.tell({ ...this.told, error });
    return 'dropped';
  }

  private tell(state: PeerState): void {
    const { connected, error, protocol } = this.told;
    const isNews =
      state.connected !== connected || state.error !== error || state.protocol !== protocol;
    this.told = state;
    if (isNews) this.owner.stateChanged(state);
  }
}

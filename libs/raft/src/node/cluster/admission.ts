import type { CoreEvent } from '../../core/event.js';
import type { Message } from '../../core/message.js';
import type { Received } from '../../transport/transport.js';
import type { RunnerEvent } from '../event.js';
import { messageOf } from '../message-of.js';
import type { ClusterIdentity } from './cluster-identity.js';

export interface AdmissionPorts {
  admit(received: Received): void;
  event(event: CoreEvent | RunnerEvent): void;
}

/** Lets in what comes from this node's own cluster; a blank node becomes a member of the first that calls. */
export class Admission {
  constructor(
    private readonly identity: ClusterIdentity,
    private readonly ports: AdmissionPorts,
  ) {}

  received(received: Received): void {
    const { from: peer, clusterId, message } = received;
    const own = this.identity.clusterId;
    if (clusterId === own) {
      this.ports.admit(received);
    } else if (own !== null) {
      const reason = `it belongs to the cluster ${clusterId}, not to ${own}`;
      this.ports.event({ type: 'bad-message', peer, reason });
    } else if (this.identity.isFree && isFromLeader(message)) {
      void this.adoptedBy(received);
    }
    // Anything else is lost on a blank node: a leader asks again.
  }

  private async adoptedBy(received: Received): Promise<void> {
    const { clusterId } = received;
    try {
      await this.identity.adopt(clusterId);
    } catch (error) {
      this.ports.event({ type: 'adoption-failed', clusterId, error: messageOf(error) });
      return;
    }
    this.ports.event({ type: 'adopted', clusterId });
    this.ports.admit(received);
  }
}

/** Only a leader turns to a node with these, and only to one that it counts as a member. */
function isFromLeader({ type }: Message): boolean {
  return type === 'append-request' || type === 'heartbeat' || type === 'snapshot-request';
}

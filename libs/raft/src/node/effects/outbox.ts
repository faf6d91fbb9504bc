import type { Message, Outbound } from '../../core/message.js';
import type { NodeId } from '../../core/entry.js';

/** Messages that may wait for the disk at once. A stalled disk must not fill the memory. */
const maxHeld = 4096;

export interface OutboxPorts {
  send(to: NodeId, message: Message): void;
  /** The outbox is full: from here on the oldest messages are lost, until the disk catches up. */
  full(held: number): void;
}

/**
 * Holds back what promises something durable until it is (paper figure 2: "updated on stable storage
 * before responding"). A lost message is no harm to Raft: its sender asks again.
 */
export class Outbox {
  private readonly ports: OutboxPorts;
  private held: Outbound[] = [];
  private durable = 0;
  private overflowing = false;

  constructor(ports: OutboxPorts) {
    this.ports = ports;
  }

  /** How many wait for the disk. */
  get size(): number {
    return this.held.length;
  }

  post(messages: readonly Outbound[]): void {
    for (const outbound of messages) {
      if (outbound.after <= this.durable) this.ports.send(outbound.to, outbound.message);
      else this.hold(outbound);
    }
  }

  release(durable: number): void {
    this.durable = durable;
    this.overflowing = false;
    if (this.held.length === 0) return;
    const waiting = this.held;
    this.held = [];
    this.post(waiting);
  }

  private hold(outbound: Outbound): void {
    this.held.push(outbound);
    if (this.held.length <= maxHeld) return;
    this.held.shift();
    if (!this.overflowing) this.ports.full(maxHeld);
    this.overflowing = true;
  }
}

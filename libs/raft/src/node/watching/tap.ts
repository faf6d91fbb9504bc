import type { LogWrite } from '../../core/effects.js';
import type { LogIndex, NodeId } from '../../core/entry.js';
import type { Message } from '../../core/message.js';
import type { LostMessage, Received } from '../../transport/transport.js';

/** How far a node is: in its log, on its disk, with the quorum, with its state machine. */
export interface Marks {
  readonly last: LogIndex;
  readonly durable: LogIndex;
  readonly commit: LogIndex;
  readonly applied: LogIndex;
}

/**
 * Listens to what a node does, while it does it. The node waits for it: it has to be quick, and may
 * look at the node, but ask nothing of it. One that throws is let go of, as an event `tap-failed` tells.
 */
export interface Tap {
  /**
   * A message is about to leave. A number that is returned goes with it and names it at the other end
   * too, where the peer's version knows of such: a counter below 2^47.
   */
  sent(to: NodeId, message: Message): number | undefined;
  /** A message has come; its cluster is not looked at yet. */
  received(received: Received): void;
  /** A message that was sent, or that came, got no further. */
  lost(lost: LostMessage): void;
  /** The log changes: so it will stand on the disk. */
  wrote(write: LogWrite): void;
  /** Any of these is not as it was. */
  moved(marks: Marks): void;
}

/** Carries to the tap what it listens to; without one, it costs a comparison each. */
export class Tapping {
  private tap: Tap | null = null;
  private told: Marks | null = null;

  constructor(
    private readonly marks: () => Marks,
    private readonly failed: (error: unknown) => void,
  ) {}

  get isOpen(): boolean {
    return this.tap !== null;
  }

  /** @returns ends it */
  open(tap: Tap): () => void {
    this.tap = tap;
    this.told = this.marks();
    return () => {
      if (this.tap === tap) this.tap = null;
    };
  }

  sent(to: NodeId, message: Message): number | undefined {
    return this.tap === null ? undefined : this.tell((tap) => tap.sent(to, message));
  }

  received(received: Received): void {
    if (this.tap !== null) this.tell((tap) => tap.received(received));
  }

  lost(lost: LostMessage): void {
    if (this.tap !== null) this.tell((tap) => tap.lost(lost));
  }

  wrote(write: LogWrite): void {
    if (this.tap !== null) this.tell((tap) => tap.wrote(write));
  }

  /** Something has changed, perhaps how far the node is. */
  changed(): void {
    if (this.tap === null) return;
    const marks = this.marks();
    if (this.told !== null && areSame(marks, this.told)) return;
    this.told = marks;
    this.tell((tap) => tap.moved(marks));
  }

  /** What goes wrong in a tap is no concern of the node's. */
  private tell<T>(call: (tap: Tap) => T): T | undefined {
    const { tap } = this;
    if (tap === null) return undefined;
    try {
      return call(tap);
    } catch (error) {
      this.tap = null;
      this.failed(error);
      return undefined;
    }
  }
}

function areSame(one: Marks, other: Marks): boolean {
  return (
    one.applied === other.applied &&
    one.commit === other.commit &&
    one.durable === other.durable &&
    one.last === other.last
  );
}

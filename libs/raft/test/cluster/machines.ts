import type { Effects } from '../../src/core/effects.js';
import type { NodeId } from '../../src/core/entry.js';
import type { Input } from '../../src/core/input.js';
import type { Message, Outbound } from '../../src/core/message.js';
import { defaultTiming } from '../../src/core/options.js';
import { Safety } from './safety.js';
import type { Server } from './server.js';
import { type Envelope, type Which, Wire } from './wire.js';

/** Sees every step of every server, before what it sends is on the way. */
export type Watcher = (server: Server, effects: Effects, input: Input) => void;

/**
 * A few servers, and messages that lie still until they are delivered by hand. Disks write at once
 * unless they are told to wait. The clock moves only when a test moves it, and safety (paper
 * figure 3) is checked after every step.
 */
export class Machines {
  now = 0;
  watch: Watcher = () => undefined;
  protected readonly servers = new Map<NodeId, Server>();
  private readonly wire = new Wire();
  private readonly safety = new Safety();

  get ids(): readonly NodeId[] {
    return [...this.servers.keys()];
  }

  server(id: NodeId): Server {
    const server = this.servers.get(id);
    if (server === undefined) throw new Error(`there is no server ${id}`);
    return server;
  }

  step(id: NodeId, input: Input): void {
    const server = this.server(id);
    const effects = server.step(this.now, input);
    this.watch(server, effects, input);
    this.safety.check(server, effects);
    this.post(
      server,
      effects.messages.filter(({ after }) => after === 0),
    );
    if (!server.hasSlowDisk) this.persist(id);
    for (const task of effects.snapshots) {
      const outcome = server.outcome(task);
      if (outcome !== null) this.step(id, outcome);
    }
  }

  // --- messages ------------------------------------------------------------------------------------

  /** What is on the way. */
  sent(which: Which = {}): readonly Message[] {
    return this.wire.look(which);
  }

  /** Delivers what is on the way now; what is sent because of it stays on the way. */
  deliver(which: Which = {}): void {
    for (const envelope of this.take(which)) this.hand(envelope);
  }

  /** Delivers until nothing is on the way. */
  settle(): void {
    for (let round = 0; !this.wire.isEmpty; round++) {
      if (round > 1000) throw new Error('the messages never come to an end');
      this.deliver();
    }
  }

  /** Takes messages off the way: to drop them, or to deliver them late or twice. */
  take(which: Which = {}): readonly Envelope[] {
    return this.wire.take(which);
  }

  hand({ from, incarnation, to, message }: Envelope): void {
    if (this.server(to).isUp) this.step(to, { type: 'message', from, incarnation, message });
  }

  /** A message of a peer that the test plays itself. */
  receive(to: NodeId, from: NodeId, message: Message): void {
    const incarnation = this.servers.get(from)?.incarnation ?? `${from}#1`;
    this.hand({ from, incarnation, to, message });
  }

  /** Nothing reaches these servers, or leaves them, until `heal`. */
  isolate(...ids: readonly NodeId[]): void {
    this.wire.isolate(ids);
  }

  /** Nothing passes between these two, either way, until `heal`. */
  cut(a: NodeId, b: NodeId): void {
    this.wire.cut(a, b);
  }

  heal(): void {
    this.wire.heal();
  }

  // --- time ----------------------------------------------------------------------------------------

  tick(id: NodeId): void {
    this.step(id, { type: 'tick' });
  }

  /** Time moves to this server's next deadline, and it alone notices. */
  expire(id: NodeId): void {
    const server = this.server(id);
    // Late by much, it takes itself for having slept, and gives the others a moment first.
    if (this.now - server.nextDeadline > defaultTiming.heartbeatMs) this.tick(id);
    this.now = Math.max(this.now, server.nextDeadline);
    this.tick(id);
  }

  /** Time passes for everybody, and messages arrive at once. */
  elapse(ms: number): void {
    const end = this.now + ms;
    this.settle();
    for (let next = this.firstDue(end); next !== null; next = this.firstDue(end)) {
      this.now = Math.max(this.now, next.nextDeadline);
      this.tick(next.id);
      this.settle();
    }
    this.now = end;
  }

  /** Time passes, and this server's machine sleeps: its monotonic clock stands still. */
  suspend(id: NodeId, ms: number): void {
    this.now += ms;
    this.server(id).slept += ms;
  }

  // --- disks and processes -------------------------------------------------------------------------

  /** From now on this disk finishes a write only by `persist`. */
  slowDisk(id: NodeId): void {
    this.server(id).hasSlowDisk = true;
  }

  /** Finishes the oldest write, or all of them. */
  persist(id: NodeId, count = Infinity): void {
    const server = this.server(id);
    for (let finished = 0; finished < count; finished++) {
      const done = server.finishWrite();
      if (done === null) return;
      this.post(server, done.released);
      this.step(id, { type: 'persisted', write: done.write });
    }
  }

  takeSnapshot(id: NodeId): void {
    this.step(id, this.server(id).takeSnapshot());
  }

  failWrite(id: NodeId): void {
    const write = this.server(id).writes[0];
    if (write === undefined) throw new Error(`${id} writes nothing`);
    this.step(id, { type: 'persist-failed', write: write.id, fault: 'failed' });
  }

  /** A write has been under way for too long. */
  stallDisk(id: NodeId): void {
    this.step(id, { type: 'disk-stalled' });
  }

  crash(id: NodeId): void {
    this.server(id).isUp = false;
    this.take({ to: id });
  }

  restart(id: NodeId): void {
    this.server(id).restart(this.now);
  }

  wipe(id: NodeId, incarnation = `${id}#2`): void {
    this.server(id).wipe(this.now, incarnation);
  }

  disconnect(id: NodeId, peer: NodeId): void {
    this.step(id, { type: 'peer-disconnected', peer });
  }

  private post({ id: from, incarnation }: Server, messages: readonly Outbound[]): void {
    const envelopes = messages.map(({ to, message }) => ({ from, incarnation, to, message }));
    this.wire.post(envelopes.filter(({ to }) => this.servers.get(to)?.isUp));
  }

  /** The server whose deadline is next, if that is not after `end`. */
  private firstDue(end: number): Server | null {
    let first: Server | null = null;
    for (const server of this.servers.values()) {
      const at = server.nextDeadline;
      if (server.isUp && at <= end && at < (first?.nextDeadline ?? Infinity)) first = server;
    }
    return first;
  }
}

import type { Member, MembershipChange } from '../../src/core/configuration.js';
import type { Answer, Effects } from '../../src/core/effects.js';
import type { Entry, HardState, NodeId, Term } from '../../src/core/entry.js';
import type { CoreEvent } from '../../src/core/event.js';
import type { Input } from '../../src/core/input.js';
import type { Message, MessageType, Outbound } from '../../src/core/message.js';
import { defaultTiming, type Limits } from '../../src/core/options.js';
import type { CoreStatus } from '../../src/core/status.js';
import { command, configuration } from './messages.js';
import { Safety } from './safety.js';
import { type Envelope, member, Server } from './server.js';

export interface NetworkOptions {
  /** Every server's log starts with the configuration of these, in term 1. Default S1, S2, S3. */
  readonly members?: readonly (NodeId | Member)[];
  /** Terms of a server's log, the configuration's included: figures 7 and 8 can be copied. */
  readonly logs?: Readonly<Record<NodeId, readonly Term[]>>;
  readonly hardStates?: Readonly<Record<NodeId, HardState>>;
  readonly limits?: Partial<Limits>;
}

/** Which messages on the way are meant; what is left out may be anything. */
export interface Which {
  readonly from?: NodeId;
  readonly to?: NodeId;
  readonly type?: MessageType;
}

/** Something that a test, or a golden script, may watch. */
export type Watcher = (server: Server, effects: Effects, input: Input) => void;

/**
 * A few servers, and messages that lie still until they are delivered by hand. Disks write at once
 * unless they are told to wait. The clock moves only when a test moves it, and safety (paper
 * figure 3) is checked after every step.
 */
export class Network {
  now = 0;
  /** Messages on the way, oldest first. */
  inFlight: Envelope[] = [];
  watch: Watcher = () => undefined;
  private readonly servers = new Map<NodeId, Server>();
  private readonly slowDisks = new Set<NodeId>();
  private readonly isolated = new Set<NodeId>();
  private readonly cutLinks = new Set<string>();
  private readonly down = new Set<NodeId>();
  private readonly safety = new Safety();
  private lastRequest = 0;

  constructor(private readonly options: NetworkOptions = {}) {
    const { members = ['S1', 'S2', 'S3'], logs = {}, hardStates = {} } = options;
    const founders = members.map((one) => (typeof one === 'string' ? member(one) : one));
    for (const { id, incarnation } of founders) {
      const entries = (logs[id] ?? [1]).map((term, i) =>
        i === 0 ? configuration(1, 1, founders) : command(i + 1, term, ''),
      );
      const lastTerm = entries.at(-1)?.term ?? 0;
      const hardState = hardStates[id] ?? { term: lastTerm, votedFor: null };
      this.servers.set(id, this.build(id, { incarnation, hardState, entries }));
    }
  }

  /** A server that belongs to no cluster yet. */
  addBlank(id: NodeId): void {
    const volume = { incarnation: `${id}#1`, hardState: { term: 0, votedFor: null }, entries: [] };
    this.servers.set(id, this.build(id, volume));
  }

  // --- looking -------------------------------------------------------------------------------------

  get ids(): readonly NodeId[] {
    return [...this.servers.keys()];
  }

  server(id: NodeId): Server {
    const server = this.servers.get(id);
    if (server === undefined) throw new Error(`there is no server ${id}`);
    return server;
  }

  isDown(id: NodeId): boolean {
    return this.down.has(id);
  }

  isSlow(id: NodeId): boolean {
    return this.slowDisks.has(id);
  }

  status(id: NodeId): CoreStatus {
    return this.server(id).core.status(this.now);
  }

  /** Terms of the log, as the figures of the paper show it. */
  log(id: NodeId): readonly Term[] {
    const { log } = this.server(id).core;
    return Array.from({ length: log.lastIndex }, (_, i) => log.termAt(i + 1) ?? NaN);
  }

  /** The commands that a server's state machine has got. */
  applied(id: NodeId): readonly string[] {
    const commands = this.server(id).committed.filter(({ type }) => type === 'command');
    return commands.map(({ data }) => Buffer.from(data).toString());
  }

  events<T extends CoreEvent['type']>(id: NodeId, type: T): Extract<CoreEvent, { type: T }>[] {
    const isWanted = (event: CoreEvent): event is Extract<CoreEvent, { type: T }> =>
      event.type === type;
    return this.server(id).events.filter(isWanted);
  }

  sent(which: Which = {}): readonly Message[] {
    return this.inFlight.filter(matching(which)).map(({ message }) => message);
  }

  // --- messages ------------------------------------------------------------------------------------

  /** Delivers what is on the way now; what is sent because of it stays on the way. */
  deliver(which: Which = {}): void {
    for (const envelope of this.take(which)) this.hand(envelope);
  }

  /** Delivers until nothing is on the way. */
  settle(): void {
    for (let round = 0; this.inFlight.length > 0; round++) {
      if (round > 1000) throw new Error('the messages never come to an end');
      this.deliver();
    }
  }

  /** Takes messages off the way: to drop them, or to deliver them late or twice. */
  take(which: Which = {}): readonly Envelope[] {
    const taken = this.inFlight.filter(matching(which));
    this.inFlight = this.inFlight.filter((envelope) => !taken.includes(envelope));
    return taken;
  }

  hand({ from, incarnation, to, message }: Envelope): void {
    if (this.down.has(to)) return;
    this.step(to, { type: 'message', from, incarnation, message });
  }

  /** A message of a peer that the test plays itself. */
  receive(to: NodeId, from: NodeId, message: Message): void {
    const incarnation = this.servers.get(from)?.incarnation ?? `${from}#1`;
    this.hand({ from, incarnation, to, message });
  }

  /** Nothing reaches these servers, or leaves them, until `heal`. */
  isolate(...ids: readonly NodeId[]): void {
    for (const id of ids) this.isolated.add(id);
    this.inFlight = this.inFlight.filter((envelope) => this.passes(envelope));
  }

  /** Nothing passes between these two, either way, until `heal`. */
  cut(a: NodeId, b: NodeId): void {
    this.cutLinks.add(linkName(a, b));
    this.inFlight = this.inFlight.filter((envelope) => this.passes(envelope));
  }

  heal(): void {
    this.isolated.clear();
    this.cutLinks.clear();
  }

  // --- time ----------------------------------------------------------------------------------------

  /** Time moves to this server's next deadline, and it alone notices. */
  expire(id: NodeId): void {
    const { core } = this.server(id);
    // Late by much, it takes itself for having slept, and gives the others a moment first.
    if (this.now - core.nextDeadline() > defaultTiming.heartbeatMs) this.tick(id);
    this.now = Math.max(this.now, core.nextDeadline());
    this.tick(id);
  }

  tick(id: NodeId): void {
    this.step(id, { type: 'tick' });
  }

  /** Time passes for everybody; messages lie still. */
  pass(ms: number): void {
    this.run(ms, () => undefined);
  }

  /** Time passes for everybody, and messages arrive at once. */
  elapse(ms: number): void {
    this.settle();
    this.run(ms, () => this.settle());
  }

  // --- disks and processes -------------------------------------------------------------------------

  /** From now on this disk finishes a write only by `persist`. */
  slowDisk(id: NodeId): void {
    this.slowDisks.add(id);
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

  failWrite(id: NodeId): void {
    const write = this.server(id).writes[0];
    if (write === undefined) throw new Error(`${id} writes nothing`);
    this.step(id, { type: 'persist-failed', write: write.id });
  }

  crash(id: NodeId): void {
    this.down.add(id);
    this.inFlight = this.inFlight.filter((envelope) => envelope.to !== id);
  }

  restart(id: NodeId): void {
    this.down.delete(id);
    this.slowDisks.delete(id);
    this.server(id).restart(this.now);
  }

  wipe(id: NodeId, incarnation = `${id}#2`): void {
    this.down.delete(id);
    this.slowDisks.delete(id);
    this.server(id).wipe(this.now, incarnation);
  }

  disconnect(id: NodeId, peer: NodeId): void {
    this.step(id, { type: 'peer-disconnected', peer });
  }

  // --- callers -------------------------------------------------------------------------------------

  /** Stands, and wins once everybody has answered. */
  elect(id: NodeId): void {
    this.expire(id);
    this.settle();
    if (this.status(id).role !== 'leader') throw new Error(`${id} was not elected`);
  }

  propose(id: NodeId, ...commands: readonly string[]): number {
    const data = commands.map((text) => Buffer.from(text));
    return this.request(id, (request) => ({
      type: 'propose',
      id: request,
      commands: data,
      forward: true,
    }));
  }

  read(id: NodeId): number {
    return this.request(id, (request) => ({ type: 'read', id: request, forward: true }));
  }

  change(id: NodeId, change: MembershipChange): number {
    return this.request(id, (request) => ({
      type: 'change-membership',
      id: request,
      change,
      forward: true,
    }));
  }

  transfer(id: NodeId, to: NodeId | null): number {
    return this.request(id, (request) => ({ type: 'transfer-leadership', id: request, to }));
  }

  /** What the server has told the caller so far. */
  answer(id: NodeId, request: number): Answer | undefined {
    return this.server(id).answers.find((answer) => answer.id === request);
  }

  step(id: NodeId, input: Input): void {
    const server = this.server(id);
    const effects = server.step(this.now, input);
    this.watch(server, effects, input);
    this.safety.check(server);
    this.post(
      server,
      effects.messages.filter(({ after }) => after === 0),
    );
    if (!this.slowDisks.has(id)) this.persist(id);
  }

  private request(id: NodeId, input: (request: number) => Input): number {
    const request = ++this.lastRequest;
    this.step(id, input(request));
    return request;
  }

  private post({ id: from, incarnation }: Server, messages: readonly Outbound[]): void {
    const envelopes = messages.map(({ to, message }) => ({ from, incarnation, to, message }));
    this.inFlight.push(...envelopes.filter((envelope) => this.passes(envelope)));
  }

  private passes({ from, to }: Envelope): boolean {
    if (this.isolated.has(from) || this.isolated.has(to)) return false;
    if (this.cutLinks.has(linkName(from, to))) return false;
    return this.servers.has(to) && !this.down.has(to);
  }

  private run(ms: number, afterTick: () => void): void {
    const end = this.now + ms;
    for (;;) {
      const next = this.firstDue();
      if (next === null || next.at > end) break;
      this.now = Math.max(this.now, next.at);
      this.tick(next.id);
      afterTick();
    }
    this.now = end;
  }

  private firstDue(): { readonly id: NodeId; readonly at: number } | null {
    let first: { id: NodeId; at: number } | null = null;
    for (const [id, { core }] of this.servers) {
      if (this.down.has(id)) continue;
      const at = core.nextDeadline();
      if (at < (first?.at ?? Infinity)) first = { id, at };
    }
    return first;
  }

  private build(
    id: NodeId,
    volume: { incarnation: string; hardState: HardState; entries: readonly Entry[] },
  ): Server {
    return new Server(id, volume, this.options.limits ?? {}, this.now);
  }
}

function linkName(a: NodeId, b: NodeId): string {
  return [a, b].sort().join('-');
}

function matching({ from, to, type }: Which): (envelope: Envelope) => boolean {
  return (envelope) =>
    (from ?? envelope.from) === envelope.from &&
    (to ?? envelope.to) === envelope.to &&
    (type ?? envelope.message.type) === envelope.message.type;
}

/** A server comes in as a learner, to be promoted when it has caught up. */
export function joining(
  id: NodeId,
  fields: Partial<Pick<Member, 'incarnation' | 'promote'>> = {},
): MembershipChange {
  const { address, incarnation, attributes } = member(id);
  return {
    type: 'add',
    member: { id, address, incarnation, promote: true, attributes, ...fields },
  };
}

/** The roles of all members, as this server has them in its log. */
export function roles(net: Network, id: NodeId): Record<NodeId, Member['role']> {
  return Object.fromEntries(
    net.status(id).configuration.members.map((one) => [one.id, one.role] as const),
  );
}

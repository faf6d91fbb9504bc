import type { Member, MembershipChange } from '../../src/core/configuration.js';
import type { Answer } from '../../src/core/effects.js';
import type { HardState, LogIndex, NodeId, Term } from '../../src/core/entry.js';
import type { CoreEvent } from '../../src/core/event.js';
import type { Input } from '../../src/core/input.js';
import type { Elections, Limits } from '../../src/core/options.js';
import type { CoreStatus } from '../../src/core/status.js';
import { Machines } from './machines.js';
import { command, configuration } from './messages.js';
import { member, Server, type Volume } from './server.js';

export interface NetworkOptions {
  /** Every server's log starts with the configuration of these, in term 1. Default S1, S2, S3. */
  readonly members?: readonly (NodeId | Member)[];
  /** Terms of a server's log, the configuration's included: figures 7 and 8 can be copied. */
  readonly logs?: Readonly<Record<NodeId, readonly Term[]>>;
  readonly hardStates?: Readonly<Record<NodeId, HardState>>;
  /** How a server takes part in elections, where it differs from the default. */
  readonly elections?: Readonly<Record<NodeId, Partial<Elections>>>;
  readonly limits?: Partial<Limits>;
  readonly leaseReads?: boolean;
}

/** A cluster on a few machines: what its callers ask of it, and what can be seen of it. */
export class Network extends Machines {
  private lastRequest = 0;

  constructor(private readonly options: NetworkOptions = {}) {
    super();
    const { members = ['S1', 'S2', 'S3'], logs = {}, hardStates = {} } = options;
    const founders = members.map((one) => (typeof one === 'string' ? member(one) : one));
    for (const { id, incarnation } of founders) {
      const entries = (logs[id] ?? [1]).map((term, i) =>
        i === 0 ? configuration(1, 1, founders) : command(i + 1, term, ''),
      );
      const lastTerm = entries.at(-1)?.term ?? 0;
      const hardState = hardStates[id] ?? { term: lastTerm, votedFor: null };
      this.switchOn(id, { incarnation, hardState, entries });
    }
  }

  /** A server that belongs to no cluster yet. */
  addBlank(id: NodeId): void {
    const hardState = { term: 0, votedFor: null };
    this.switchOn(id, { incarnation: `${id}#1`, hardState, entries: [] });
  }

  // --- what can be seen ------------------------------------------------------------------------------

  status(id: NodeId): CoreStatus {
    return this.server(id).status(this.now);
  }

  /** Terms of the log behind its base, as the figures of the paper show it. */
  log(id: NodeId): readonly Term[] {
    const { log, lastIndex } = this.server(id).core;
    const { index: base } = log.base;
    return Array.from({ length: lastIndex - base }, (_, i) => log.termAt(base + i + 1) ?? NaN);
  }

  /** The commands that a server's state machine has got, by its log or by a snapshot. */
  applied(id: NodeId): readonly string[] {
    return this.server(id).applied;
  }

  events<T extends CoreEvent['type']>(id: NodeId, type: T): Extract<CoreEvent, { type: T }>[] {
    const isWanted = (event: CoreEvent): event is Extract<CoreEvent, { type: T }> =>
      event.type === type;
    return this.server(id).events.filter(isWanted);
  }

  // --- callers ---------------------------------------------------------------------------------------

  /** Stands, and wins once everybody has answered. */
  elect(id: NodeId): void {
    this.expire(id);
    this.settle();
    if (this.status(id).role !== 'leader') throw new Error(`${id} was not elected`);
  }

  propose(id: NodeId, ...texts: readonly string[]): number {
    const commands = texts.map((text) => ({ type: 'command' as const, data: Buffer.from(text) }));
    return this.ask(id, { type: 'propose', commands, forward: true });
  }

  read(id: NodeId): number {
    return this.ask(id, { type: 'read', forward: true, lease: false });
  }

  leaseRead(id: NodeId): number {
    return this.ask(id, { type: 'read', forward: true, lease: true });
  }

  /** How old the state of this server is at most, applied up to its commit index. */
  staleness(id: NodeId): number {
    return this.server(id).staleness(this.now);
  }

  /** One change, or several that are made together. */
  change(
    id: NodeId,
    wanted: MembershipChange | readonly MembershipChange[],
    expectedIndex: LogIndex | null = null,
  ): number {
    const changes = [wanted].flat();
    const change = { changes, expectedIndex };
    return this.ask(id, { type: 'change-membership', change, forward: true });
  }

  campaign(id: NodeId): number {
    return this.ask(id, { type: 'campaign' });
  }

  transfer(id: NodeId, to: NodeId | null): number {
    return this.ask(id, { type: 'transfer-leadership', to });
  }

  /** What the server has told the caller so far. */
  answer(id: NodeId, request: number): Answer | undefined {
    return this.server(id).answers.find((answer) => answer.id === request);
  }

  private ask(id: NodeId, request: WithoutId<Extract<Input, { readonly id: number }>>): number {
    this.lastRequest++;
    this.step(id, { ...request, id: this.lastRequest });
    return this.lastRequest;
  }

  private switchOn(id: NodeId, volume: Volume): void {
    const { limits = {}, leaseReads = false, elections = {} } = this.options;
    const options = { limits, leaseReads, elections: elections[id] ?? {} };
    this.servers.set(id, new Server(id, volume, options, this.now));
  }
}

type WithoutId<Request> = Request extends unknown ? Omit<Request, 'id'> : never;

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

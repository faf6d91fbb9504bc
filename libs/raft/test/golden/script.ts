import type { Member, MembershipChange } from '../../src/core/configuration.js';
import type { Effects } from '../../src/core/effects.js';
import type { NodeId, Term } from '../../src/core/entry.js';
import type { CoreEvent } from '../../src/core/event.js';
import type { Input } from '../../src/core/input.js';
import { defaultLimits, type Elections, type Limits } from '../../src/core/options.js';
import { joining, Network } from '../cluster/network.js';
import { member, type Server } from '../cluster/server.js';
import type { Envelope, Which } from '../cluster/wire.js';
import {
  describeAnswer,
  describeCommitted,
  describeEvent,
  describeMessage,
  describeStatus,
  describeWrite,
} from './wording.js';

/**
 * Runs a script: lines that start with `> ` are commands, what they print stands indented below
 * them, and everything else is prose. Returns the script with what its commands print now.
 */
export function runScript(script: string): string {
  const stage = new Stage();
  const lines: string[] = [];
  for (const line of script.trimEnd().split('\n')) {
    if (line.startsWith('  ')) continue;
    lines.push(line);
    if (line.startsWith('> ')) lines.push(...stage.run(line.slice(2)).map((out) => `  ${out}`));
  }
  return `${lines.join('\n')}\n`;
}

/** The commands of the scripts, and what is printed while one runs. */
class Stage {
  private net = new Network();
  private printed: string[] = [];
  private limits: Limits = defaultLimits;
  private leaseReads = false;
  private readonly elections: Record<NodeId, Elections> = {};
  private readonly delayed: Envelope[] = [];

  private readonly commands: Readonly<Record<string, (...words: string[]) => void>> = {
    'max-append': (bytes) => this.limit({ maxAppendBytes: Number(bytes) }),
    'keep-entries': (count) => this.limit({ trailingEntries: Number(count) }),
    leases: (onOrOff) => (this.leaseReads = onOrOff === 'on'),
    cluster: (...servers) => this.cluster(servers),
    elect: (id = '') => this.elect(id),
    blank: (id = '') => this.net.addBlank(id),
    timeout: (id = '') => this.net.expire(id),
    heartbeat: (id = '') => this.net.expire(id),
    deliver: (...which) => this.net.deliver(parseWhich(which)),
    drop: (...which) => this.drop(parseWhich(which)),
    delay: (...which) => void this.delayed.push(...this.net.take(parseWhich(which))),
    'deliver-delayed': () => this.delayed.splice(0).forEach((one) => this.net.hand(one)),
    settle: () => this.net.settle(),
    wait: (ms) => this.net.elapse(Number(ms)),
    propose: (id = '', ...commands) => void this.net.propose(id, ...commands),
    read: (id = '') => void this.net.read(id),
    'lease-read': (id = '') => void this.net.leaseRead(id),
    stale: (...ids) => this.stale(ids),
    sleep: (id = '', ms) => this.net.suspend(id, Number(ms)),
    transfer: (from = '', to = '') => void this.net.transfer(from, to),
    campaign: (id = '') => void this.net.campaign(id),
    add: (leader = '', id = '', incarnation = `${id}#1`) =>
      void this.net.change(leader, joining(id, { incarnation })),
    learner: (leader = '', id = '') =>
      void this.net.change(leader, joining(id, { promote: false })),
    remove: (leader = '', id = '') => void this.net.change(leader, { type: 'remove', id }),
    snapshot: (id = '') => this.net.takeSnapshot(id),
    change: (leader = '', ...words) => void this.net.change(leader, parseChanges(words)),
    elections: (id = '', preVote, priority) =>
      (this.elections[id] = { preVote: preVote === 'pre-vote', priority: Number(priority) }),
    crash: (id = '') => this.net.crash(id),
    restart: (id = '') => this.net.restart(id),
    wipe: (id = '') => this.net.wipe(id),
    isolate: (...ids) => this.net.isolate(...ids),
    cut: (a = '', b = '') => this.net.cut(a, b),
    heal: () => this.net.heal(),
    disconnected: (id = '', peer = '') => this.net.step(id, { type: 'peer-disconnected', peer }),
    'slow-disk': (id = '') => this.net.slowDisk(id),
    'disk-stalls': (id = '') => this.net.stallDisk(id),
    'disk-done': (id = '') => this.net.persist(id, 1),
    show: () => this.show(),
  };

  run(line: string): readonly string[] {
    const [name = '', ...words] = line.split(' ');
    const command = this.commands[name];
    if (command === undefined) throw new Error(`no such command: ${name}`);
    this.printed = [];
    command(...words);
    return this.printed;
  }

  /**
   * `S1` is a new member, `S1=1,1,2@3` one whose log has these terms and which is in term 3. `(S1)` is
   * a learner.
   */
  private cluster(servers: readonly string[]): void {
    const members: (NodeId | Member)[] = [];
    const logs: Record<NodeId, Term[]> = {};
    const hardStates: Record<NodeId, { term: Term; votedFor: null }> = {};
    for (const server of servers) {
      const [, learner] = /^\((.*)\)$/.exec(server) ?? [];
      const [id = '', log, term] = (learner ?? server).split(/[=@]/);
      members.push(learner === undefined ? id : member(id, 'learner'));
      if (log !== undefined) logs[id] = log.split(',').map(Number);
      if (term !== undefined) hardStates[id] = { term: Number(term), votedFor: null };
    }
    const { elections, limits, leaseReads } = this;
    this.net = new Network({ members, logs, hardStates, limits, elections, leaseReads });
    this.net.watch = (...step) => this.print(...step);
  }

  /** For the clusters that follow. */
  private limit(limits: Partial<Limits>): void {
    this.limits = { ...this.limits, ...limits };
  }

  /** An election that the script is not about. */
  private elect(id: NodeId): void {
    this.net.elect(id);
    this.printed = [`${id} leads term ${this.net.status(id).term}`];
  }

  private drop(which: Which): void {
    for (const { from, to, message } of this.net.take(which)) {
      this.printed.push(`${from} → ${to}  lost: ${describeMessage(message)}`);
    }
  }

  private stale(ids: readonly NodeId[]): void {
    for (const id of ids) {
      const ms = this.net.staleness(id);
      this.printed.push(
        ms === Infinity
          ? `${id} cannot tell how far it is behind`
          : `${id} is at most ${Math.ceil(ms)} ms behind`,
      );
    }
  }

  private show(): void {
    for (const id of this.net.ids) {
      const status = this.net.server(id).isUp
        ? describeStatus(this.net.status(id), this.net.log(id))
        : 'down';
      this.printed.push(`${id}  ${status}`);
    }
  }

  private print({ id, hasSlowDisk }: Server, effects: Effects, input: Input): void {
    const { write, events, committed, answers } = effects;
    const happened = events.filter((event) => !isItself(id, event)).map(describeEvent);
    if (committed.length > 0) happened.push(describeCommitted(committed));
    if (write !== null && hasSlowDisk) happened.push(`writes ${describeWrite(write)}`);
    for (const answer of answers) {
      happened.push(`tells caller ${answer.id}: ${describeAnswer(answer)}`);
    }
    if (input.type === 'message' && (happened.length > 0 || !isQuiet(input))) {
      this.printed.push(`${input.from} → ${id}  ${describeMessage(input.message)}`);
    }
    this.printed.push(...happened.map((what) => `  ${id} ${what}`));
  }
}

/** That a leader follows itself goes without saying. */
function isItself(id: NodeId, event: CoreEvent): boolean {
  return event.type === 'leader-changed' && event.leader === id;
}

/** A heartbeat without a read behind it says nothing new to the reader of a script. */
function isQuiet({ message }: Extract<Input, { type: 'message' }>): boolean {
  return (
    (message.type === 'heartbeat' || message.type === 'heartbeat-response') &&
    message.readPosition === 0
  );
}

/** `promote S4 demote S3 remove S2`: all in one change. */
function parseChanges(words: readonly string[]): readonly MembershipChange[] {
  const changes: MembershipChange[] = [];
  for (let i = 0; i < words.length; i += 2) {
    const [type, id] = words.slice(i);
    if ((type !== 'promote' && type !== 'demote' && type !== 'remove') || id === undefined) {
      throw new Error(`which changes? ${words.join(' ')}`);
    }
    changes.push({ type, id });
  }
  return changes;
}

/** `from S1`, `to S2`, both, or nothing for every message. */
function parseWhich(words: readonly string[]): Which {
  const which: { from?: NodeId; to?: NodeId } = {};
  for (let i = 0; i < words.length; i += 2) {
    const [key, id] = words.slice(i);
    if ((key !== 'from' && key !== 'to') || id === undefined) {
      throw new Error(`which messages? ${words.join(' ')}`);
    }
    which[key] = id;
  }
  return which;
}

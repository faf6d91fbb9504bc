import {
  everyMember,
  findMember,
  type Member,
  noConfiguration,
  type PlacedConfiguration,
} from './configuration.js';
import type { Answer, Effects } from './effects.js';
import { DiskProgress, type StorageFault } from './disk-progress.js';
import type { Entry, EntryType, LogIndex, NodeId, Term } from './entry.js';
import type { CoreEvent, Role } from './event.js';
import { Identity } from './identity.js';
import type { Leadership, Transfer } from './leadership.js';
import { Freshness } from './freshness.js';
import { LeaseClock } from './lease-clock.js';
import { RaftLog } from './log.js';
import type { Message, Refusal } from './message.js';
import {
  type CoreOptions,
  type Elections,
  type Limits,
  maxPriority,
  type Timing,
  type Tuning,
} from './options.js';
import { votesMissing } from './quorum.js';
import type { Installing, LogBase, SnapshotInfo } from './snapshot.js';

/** An election in which this node stands. */
export interface Campaign {
  readonly preVote: boolean;
  /** Stands because somebody asked for it: voters answer although they hear a leader. */
  readonly transfer: boolean;
  /** Until then it goes on with pre-votes that somebody asked for, though its leader speaks. */
  readonly until: number;
  readonly votes: Map<NodeId, boolean>;
  /** The write that holds this node's vote for itself; it counts only once it is durable. */
  readonly write: number;
}

/**
 * The state of one node (paper figure 2) and the few primitives that change it. Every handler works
 * on it during one step and leaves its outcome in `effects`.
 */
export class RaftState extends Identity {
  timing: Timing;
  readonly elections: Elections;
  limits: Limits;

  readonly leaseReads: boolean;

  /** The time of the current step. */
  now: number;
  readonly clock: LeaseClock;
  readonly freshness = new Freshness();
  effects: Effects = noEffects();

  term: Term;
  votedFor: NodeId | null;
  readonly log: RaftLog;

  role: Role = 'follower';
  leader: NodeId | null = null;
  commitIndex: LogIndex;
  readonly disk: DiskProgress;
  /** The latest in this node's store. */
  snapshot: SnapshotInfo | null;
  installing: Installing | null = null;

  /** When the leader was last heard; -Infinity for never. */
  leaderContact = -Infinity;
  /** This node has stood since it last heard a leader, and nobody has come of it yet. */
  hasStood = false;
  /** The leader's connection closed: it may be dead, so others may be voted for. */
  leaderSuspected = false;
  electionDeadline = Infinity;
  /** Until then it elects no other leader, whatever it fears: one counts on it (thesis §6.4.1). */
  heldUntil = -Infinity;
  campaign: Campaign | null = null;
  leadership: Leadership | null = null;
  /** This node stepped down in favour of another, and waits to hear whether that one won. */
  handover: Transfer | null = null;
  /** A committed configuration that lacks this node, which was a member before; 0 for none. */
  removedAt: LogIndex = 0;
  storageFault: StorageFault | null = null;
  /** The last tick came late, and has been forgiven. */
  overslept = false;
  /** Peers that spoke under a wrong incarnation, so that each is told of once. */
  readonly strangers = new Map<NodeId, string>();

  private readonly random: () => number;
  private hardStateChanged = false;
  private newBase: LogBase | null = null;
  private appended: Entry[] = [];
  private sessions = 0;

  constructor(options: CoreOptions) {
    super(options.id, options.incarnation);
    this.timing = options.timing;
    this.elections = options.elections;
    this.limits = options.limits;
    this.random = options.random;
    this.leaseReads = options.leaseReads;
    this.now = options.now;
    const start = options.now + Math.floor(options.random() * 2 ** 40);
    this.clock = new LeaseClock(start, options.now);
    this.term = options.hardState.term;
    this.votedFor = options.hardState.votedFor;
    this.snapshot = options.snapshot;
    const configuration = options.snapshot?.configuration ?? noConfiguration;
    this.log = new RaftLog(options.entries, options.base, configuration);
    this.disk = new DiskProgress(this.log.lastIndex);
    // The state machine stands where the snapshot does; the first step hands over what follows.
    this.commitIndex = options.snapshot?.index ?? 0;
    this.commitTo(options.commitIndex);
    // What a former life has promised, this one does not remember.
    this.hold();
    this.resetElectionDeadline();
    // Alone, there is nobody to wait for.
    if (this.standsByItself && this.votesNeeded === 1) {
      this.electionDeadline = Math.max(this.now, this.heldUntil);
    }
  }

  get configuration(): PlacedConfiguration {
    return this.log.configuration;
  }

  get votesNeeded(): number {
    return votesMissing(this.configuration, () => undefined);
  }

  get isBlank(): boolean {
    return this.log.lastIndex === 0;
  }

  get isRemoved(): boolean {
    return this.removedAt > 0;
  }

  /**
   * Learners, strangers, and nodes that cannot write do not stand for election. A voter that is being
   * removed does, until its removal is committed: the others may need its log (thesis §4.2.2).
   */
  get canCampaign(): boolean {
    if (this.storageFault !== null || this.isRemoved) return false;
    if (this.votesIn(this.configuration)) return true;
    return !this.configurationCommitted && this.votesIn(this.log.previousConfiguration);
  }

  /** Whether it stands when it misses a leader. Of lowest priority, it does only if nobody else can. */
  get standsByItself(): boolean {
    return this.canCampaign && (this.elections.priority > 0 || this.votesNeeded === 1);
  }

  /** Whether this node hears a leader, and so has no need of another (thesis §4.2.3), or may not want one. */
  get hearsLeader(): boolean {
    if (this.role === 'leader' || this.now < this.heldUntil) return true;
    if (this.leader === null || this.leaderSuspected) return false;
    return this.now - this.leaderContact < this.timing.electionMs[0];
  }

  /** No wait that was drawn by the old timing outlasts the new. */
  reconfigure({ timing, limits }: Tuning): void {
    const { now, leadership } = this;
    this.timing = timing;
    this.limits = limits;
    if (this.electionDeadline > now + timing.electionMs[1]) this.resetElectionDeadline();
    if (leadership === null) return;
    const heartbeat = now + timing.heartbeatMs;
    leadership.heartbeatDeadline = Math.min(leadership.heartbeatDeadline, heartbeat);
  }

  nextSession(): number {
    return ++this.sessions;
  }

  // --- effects -----------------------------------------------------------------------------------

  /** Sends at once. */
  send(to: NodeId, message: Message): void {
    this.effects.messages.push({ to, message, after: 0 });
  }

  /** Sends once everything written so far, in this step too, is durable. */
  sendWhenDurable(to: NodeId, message: Message): void {
    const write = this.currentWrite();
    this.effects.messages.push({ to, message, after: this.disk.isDurable(write) ? 0 : write });
  }

  answer(answer: Answer): void {
    this.effects.answers.push(answer);
  }

  refuse(id: number, refusal: Refusal): void {
    this.answer({ type: 'refused', id, refusal });
  }

  tell(event: CoreEvent): void {
    this.effects.events.push(event);
  }

  // --- term, vote and role -----------------------------------------------------------------------

  /** A vote is forgotten only when the term rises: never twice in one term (paper §5.2). */
  setTerm(term: Term): void {
    if (term <= this.term) return;
    this.term = term;
    this.votedFor = null;
    this.hardStateChanged = true;
  }

  setVote(candidate: NodeId): void {
    this.votedFor = candidate;
    this.hardStateChanged = true;
  }

  setRole(role: Role): void {
    if (role === this.role) return;
    this.role = role;
    this.tell({ type: 'role-changed', role, term: this.term });
  }

  setLeader(leader: NodeId | null): void {
    if (leader === this.leader) return;
    this.leader = leader;
    this.leaderSuspected = false;
    this.tell({ type: 'leader-changed', leader, term: this.term });
  }

  /** The leader spoke: no election for a while. */
  heardLeader(): void {
    this.leaderContact = this.now;
    this.leaderSuspected = false;
    this.hasStood = false;
    this.resetElectionDeadline();
  }

  resetElectionDeadline(): void {
    const [min, max] = this.timing.electionMs;
    const wait = min + this.random() * (max - min);
    // What was promised under another timing is kept.
    this.electionDeadline = Math.max(this.now + wait + this.courtesyMs, this.heldUntil);
  }

  /** Promises to elect no other leader for the time that it returns; 0 where leases are not in use. */
  hold(): number {
    if (!this.leaseReads) return 0;
    const [holdMs] = this.timing.electionMs;
    this.heldUntil = Math.max(this.heldUntil, this.now + holdMs);
    return Math.floor(holdMs);
  }

  /** The leader seems dead: stand soon, but not all at the same moment. */
  hurryElection(): void {
    const from = Math.max(this.now, this.heldUntil);
    const soon = from + this.random() * this.timing.heartbeatMs + this.courtesyMs;
    this.electionDeadline = Math.min(this.electionDeadline, soon);
  }

  /**
   * How long this node lets those of higher priority go first. Once only: it may be the one that holds
   * what a leader needs, and they would be first again and again.
   */
  private get courtesyMs(): number {
    if (this.hasStood) return 0;
    const below = maxPriority - this.elections.priority;
    return (below / maxPriority) * this.timing.electionMs[0];
  }

  // --- log ---------------------------------------------------------------------------------------

  /** Appends one new entry of this leader's term. */
  appendNew(type: EntryType, data: Uint8Array): Entry {
    const entry: Entry = { index: this.log.lastIndex + 1, term: this.term, type, data };
    this.append([entry]);
    return entry;
  }

  append(entries: readonly Entry[]): void {
    const before = this.configuration;
    this.log.append(entries);
    this.appended.push(...entries);
    this.leadership?.appended(entries);
    if (this.configuration !== before) this.tellConfiguration(false);
  }

  /** Drops a tail that conflicts with the leader's log (paper §5.3). */
  truncate(from: LogIndex): void {
    const before = this.configuration;
    const to = this.log.lastIndex;
    this.log.truncate(from);
    this.disk.truncated(from);
    this.tell({ type: 'log-truncated', from, to, term: this.term });
    if (this.configuration !== before) this.tellConfiguration(false);
  }

  /** The log begins anew behind a snapshot, which is committed: nothing of the old one counts. */
  beginAnew(snapshot: SnapshotInfo): void {
    const { index, term } = snapshot;
    this.log.beginAnew(snapshot);
    this.disk.truncated(1);
    this.newBase = { index, term };
    this.appended = [];
    this.commitIndex = index;
    this.effects.snapshots.push({ type: 'restore', snapshot });
    this.tellConfiguration(true);
  }

  commitTo(index: LogIndex): void {
    const target = Math.min(index, this.log.lastIndex);
    if (target <= this.commitIndex) return;
    const entries = this.log.between(this.commitIndex + 1, target);
    const { index: configuration } = this.configuration;
    const settles = this.commitIndex < configuration && configuration <= target;
    this.commitIndex = target;
    this.leadership?.committed(entries);
    this.effects.committed =
      this.effects.committed.length === 0 ? entries : [...this.effects.committed, ...entries];
    if (settles) this.tellConfiguration(true);
  }

  get configurationCommitted(): boolean {
    return this.configuration.index <= this.commitIndex;
  }

  private tellConfiguration(committed: boolean): void {
    this.tell({ type: 'configuration-changed', configuration: this.configuration, committed });
  }

  // --- durability --------------------------------------------------------------------------------

  /** The write that will hold everything changed so far: this step's, or the last one. */
  currentWrite(): number {
    return this.hasUnwritten ? this.disk.lastWrite + 1 : this.disk.lastWrite;
  }

  private get hasUnwritten(): boolean {
    return this.hardStateChanged || this.newBase !== null || this.appended.length > 0;
  }

  /** Ends the step: hands over its effects, with one write for all that changed. */
  takeEffects(): Effects {
    const { effects } = this;
    this.effects = noEffects();
    if (this.hasUnwritten) {
      effects.write = {
        id: this.disk.writing(this.log.lastIndex),
        hardState: this.hardStateChanged ? { term: this.term, votedFor: this.votedFor } : null,
        base: this.newBase,
        commit: this.commitIndex,
        entries: this.appended,
      };
      this.hardStateChanged = false;
      this.newBase = null;
      this.appended = [];
    }
    return effects;
  }

  // --- peers -------------------------------------------------------------------------------------

  /** Everybody else in the configuration: while joint, those on their way out too. */
  peers(): readonly NodeId[] {
    return everyMember(this.configuration)
      .map(({ id }) => id)
      .filter((id) => id !== this.id);
  }

  /**
   * Whether a peer is another than the configuration says. A node that comes back under its old id
   * with an emptied volume has forgotten its votes and its log, so no answer of it may count. What it
   * asks is judged like anybody's: it may be the configuration here that is old.
   */
  isImpostor(peer: NodeId, incarnation: string): boolean {
    const member = findMember(this.configuration, peer);
    return member !== undefined && member.incarnation !== incarnation;
  }

  /**
   * Whether what is known of the node of this id is known of this voter. Not so where an emptied node
   * is to come back as another member: the outgoing configuration still names its former self.
   */
  isPresent({ id, incarnation }: Member): boolean {
    return !this.isImpostor(id, incarnation);
  }
}

function noEffects(): Effects {
  return { write: null, messages: [], snapshots: [], committed: [], answers: [], events: [] };
}

import { snapshotTaken } from './compaction.js';
import { findMember, type Member, type PlacedConfiguration } from './configuration.js';
import type { Effects } from './effects.js';
import {
  becomeFollower,
  countOwnVote,
  followerTick,
  handleVoteRequest,
  handleVoteResponse,
  standOnRequest,
} from './election.js';
import type { StorageFault } from './disk-progress.js';
import type { LogIndex, NodeId, Term } from './entry.js';
import type { Role } from './event.js';
import { handleAppendRequest, handleHeartbeat } from './following.js';
import type { Input } from './input.js';
import { staleness } from './freshness.js';
import { handleSnapshotRequest, installingStatus, snapshotStored } from './installing.js';
import { lead, leaderTick } from './leading.js';
import { nobody } from './leadership.js';
import type { RaftLog } from './log.js';
import type { Message } from './message.js';
import type { CoreOptions } from './options.js';
import { noteRemoval } from './removal.js';
import { handleAppendResponse, handleHeartbeatResponse } from './replication.js';
import { RaftState } from './raft-state.js';
import {
  bootstrap,
  handleForwarded,
  handleMembershipRequest,
  handleProposeRequest,
  handleReadRequest,
  propose,
  read,
  requestChange,
} from './requests.js';
import { handleSnapshotResponse, snapshotRead } from './sending.js';
import type { SnapshotInfo, SnapshotMeta } from './snapshot.js';
import type { CoreStatus } from './status.js';
import { expireTransfer, finishHandover, handleTimeoutNow, startTransfer } from './transfer.js';

/**
 * The Raft algorithm as a function: one input in, its effects out. It has no clock, no chance and no
 * I/O of its own, so every run can be repeated to the letter.
 */
export class RaftCore {
  private readonly state: RaftState;

  constructor(options: CoreOptions) {
    this.state = new RaftState(options);
  }

  /**
   * Takes one input at time `now` (milliseconds, never falling) and returns what must happen. The
   * wall clock tells of a sleep that the other has missed. No message, however wrong, makes it throw.
   */
  step(now: number, input: Input, wall = now): Effects {
    const raft = this.state;
    raft.now = Math.max(raft.now, now);
    raft.clock.advance(now, wall);
    this.handle(input);
    if (raft.leadership !== null) lead(raft);
    finishHandover(raft);
    noteRemoval(raft);
    return raft.takeEffects();
  }

  /**
   * By how many milliseconds a state that was applied up to `appliedIndex` is behind what the whole
   * cluster had committed, at most; Infinity where nobody can tell.
   */
  staleness(now: number, wall: number, appliedIndex: LogIndex): number {
    this.state.clock.advance(now, wall);
    return staleness(this.state, appliedIndex);
  }

  /** When the next `tick` is due; Infinity for never. */
  nextDeadline(): number {
    const { leadership, leader, handover, standsByItself, electionDeadline } = this.state;
    const transfer = leadership?.transfer ?? handover;
    const waits = standsByItself || leader !== null;
    const next = leadership?.heartbeatDeadline ?? (waits ? electionDeadline : Infinity);
    return Math.min(next, transfer?.deadline ?? Infinity);
  }

  status(now: number): CoreStatus {
    const raft = this.state;
    const since = (then: number) => (then === -Infinity ? null : Math.max(0, now - then));
    const waits = raft.leadership === null && raft.standsByItself;
    return {
      id: raft.id,
      role: raft.role,
      term: raft.term,
      votedFor: raft.votedFor,
      leader: raft.leader,
      configuration: raft.configuration,
      configurationCommitted: raft.configurationCommitted,
      firstIndex: raft.log.firstIndex,
      lastIndex: raft.log.lastIndex,
      lastTerm: raft.log.lastTerm,
      commitIndex: raft.commitIndex,
      durableIndex: raft.disk.durableIndex,
      leaderContactMs: raft.role === 'leader' ? null : since(raft.leaderContact),
      electionInMs: waits ? Math.max(0, raft.electionDeadline - now) : null,
      peers: [...(raft.leadership?.progress.values() ?? [])].map((peer) => ({
        id: peer.id,
        state: peer.state,
        match: peer.match,
        next: peer.next,
        inflight: peer.inflightCount,
        snapshot: peer.outgoing?.status ?? null,
        lastContactMs: since(peer.lastContact),
      })),
      transferTo: (raft.leadership?.transfer ?? raft.handover)?.to ?? null,
      timing: raft.timing,
      installing: installingStatus(raft),
      snapshotIndex: raft.snapshot?.index ?? 0,
      removed: raft.isRemoved,
      storageFault: raft.storageFault,
    };
  }

  get role(): Role {
    return this.state.role;
  }

  get term(): Term {
    return this.state.term;
  }

  get leader(): NodeId | null {
    return this.state.leader;
  }

  get storageFault(): StorageFault | null {
    return this.state.storageFault;
  }

  get configuration(): PlacedConfiguration {
    return this.state.configuration;
  }

  /** Who is no member any more, but this leader still has to tell so. The same list until it changes. */
  get leaving(): readonly Member[] {
    return this.state.leadership?.leaving ?? nobody;
  }

  get commitIndex(): LogIndex {
    return this.state.commitIndex;
  }

  get lastIndex(): LogIndex {
    return this.state.log.lastIndex;
  }

  get durableIndex(): LogIndex {
    return this.state.disk.durableIndex;
  }

  /** The latest in this node's store. */
  get snapshot(): SnapshotInfo | null {
    return this.state.snapshot;
  }

  /** To look at, not to change. */
  get log(): Omit<RaftLog, 'append' | 'truncate' | 'compact' | 'beginAnew'> {
    return this.state.log;
  }

  /** What a snapshot of the state after the entry at `index` stands for. */
  snapshotMeta(index: LogIndex): SnapshotMeta {
    const { log } = this.state;
    return { index, term: log.termAt(index) ?? 0, configuration: log.configurationAt(index) };
  }

  private handle(input: Input): void {
    const raft = this.state;
    switch (input.type) {
      case 'tick':
        return this.tick();
      case 'message':
        return this.receive(input.from, input.incarnation, input.message);
      case 'peer-disconnected':
        return this.suspect(input.peer);
      case 'persisted':
        return this.persisted(input.write);
      case 'persist-failed':
        return this.storageFailed(input.fault);
      case 'disk-stalled':
        return this.storageFailed('stalled');
      case 'reconfigure':
        return raft.reconfigure(input);
      case 'snapshot-taken':
        return snapshotTaken(raft, input.snapshot);
      case 'snapshot-read':
        return snapshotRead(raft, input);
      case 'snapshot-stored':
        return snapshotStored(raft, input);
      case 'bootstrap':
        return bootstrap(raft, input.id, input.member);
      case 'propose':
        return propose(raft, input.id, input.commands, input.forward);
      case 'read':
        return read(raft, input.id, input.forward, input.lease);
      case 'change-membership':
        return requestChange(raft, input.id, input.change, input.forward);
      case 'transfer-leadership':
        return startTransfer(raft, input.id, input.to);
      case 'campaign':
        return standOnRequest(raft, input.id);
    }
  }

  private tick(): void {
    const raft = this.state;
    // Forgiven once: a process that is always late has no better claim to lead than a dead one.
    const late = raft.now - this.nextDeadline() > raft.timing.heartbeatMs;
    const overslept = late && !raft.overslept;
    raft.overslept = late;
    expireTransfer(raft);
    if (raft.leadership !== null) leaderTick(raft, overslept);
    else if (raft.now >= raft.electionDeadline) followerTick(raft, overslept);
  }

  private receive(from: NodeId, incarnation: string, message: Message): void {
    const raft = this.state;
    if (isCounted(message) && raft.isImpostor(from, incarnation)) {
      if (raft.strangers.get(from) === incarnation) return;
      raft.strangers.set(from, incarnation);
      raft.tell({ type: 'identity-mismatch', peer: from, incarnation });
      return;
    }
    if (this.isOutdatedLeader(from, message)) becomeFollower(raft, message.term);
    switch (message.type) {
      case 'vote-request':
        return handleVoteRequest(raft, from, message);
      case 'vote-response':
        return handleVoteResponse(raft, from, message);
      case 'append-request':
        return handleAppendRequest(raft, from, message);
      case 'append-response':
        return handleAppendResponse(raft, from, message);
      case 'heartbeat':
        return handleHeartbeat(raft, from, message);
      case 'heartbeat-response':
        return handleHeartbeatResponse(raft, from, message);
      case 'snapshot-request':
        return handleSnapshotRequest(raft, from, message);
      case 'snapshot-response':
        return handleSnapshotResponse(raft, from, message);
      case 'timeout-now':
        return handleTimeoutNow(raft, from, message);
      case 'propose-request':
        return handleProposeRequest(raft, from, message);
      case 'read-request':
        return handleReadRequest(raft, from, message);
      case 'membership-request':
        return handleMembershipRequest(raft, from, message);
      case 'propose-response':
      case 'read-response':
      case 'membership-response':
        return handleForwarded(raft, message);
    }
  }

  /** A member's answer of a higher term tells a leader that its time is over (paper §5.1). */
  private isOutdatedLeader(from: NodeId, message: Message): boolean {
    const { leadership, term, configuration } = this.state;
    const answers = isCounted(message) && message.type !== 'vote-response';
    if (!answers || message.term <= term || leadership === null) return false;
    return findMember(configuration, from) !== undefined;
  }

  /** The leader's process may be dead: do not wait a whole timeout to ask the others. */
  private suspect(peer: NodeId): void {
    const raft = this.state;
    if (peer !== raft.leader || raft.leadership !== null) return;
    raft.leaderSuspected = true;
    raft.hurryElection();
  }

  private persisted(write: number): void {
    const raft = this.state;
    raft.disk.persisted(write);
    if (raft.storageFault !== null) {
      raft.storageFault = null;
      raft.resetElectionDeadline();
      raft.tell({ type: 'storage-fault', fault: null });
    }
    countOwnVote(raft);
  }

  /** A node that cannot write can neither lead nor stand; others can. */
  private storageFailed(fault: StorageFault): void {
    const raft = this.state;
    if (raft.storageFault === fault) return;
    raft.storageFault = fault;
    raft.tell({ type: 'storage-fault', fault });
    becomeFollower(raft, raft.term, 'storage-fault');
  }
}

/** Answers that add up to a majority. */
function isCounted({ type }: Message): boolean {
  switch (type) {
    case 'vote-response':
    case 'append-response':
    case 'heartbeat-response':
    case 'snapshot-response':
      return true;
    default:
      return false;
  }
}

export type {
  ChangeRequest,
  Configuration,
  Member,
  MemberRole,
  MembershipChange,
  PlacedConfiguration,
} from './core/configuration.js';
export type { StorageFault } from './core/disk-progress.js';
export type {
  CommandType,
  Entry,
  EntryType,
  HardState,
  LogIndex,
  NewCommand,
  NodeId,
  Term,
} from './core/entry.js';
export type { LogWrite } from './core/effects.js';
export type { CoreEvent, ProgressState, Role, StepDownReason } from './core/event.js';
export type {
  AppendRequest,
  AppendResponse,
  Heartbeat,
  HeartbeatResponse,
  MembershipRequest,
  MembershipResponse,
  Message,
  MessageType,
  ProposeRequest,
  ProposeResponse,
  ReadRequest,
  ReadResponse,
  Refusal,
  SnapshotRequest,
  SnapshotResponse,
  TimeoutNow,
  VoteRefusal,
  VoteRequest,
  VoteResponse,
} from './core/message.js';
export type { Elections, Limits, Timing, Tuning } from './core/options.js';
export type { LogBase, SnapshotInfo, SnapshotMeta } from './core/snapshot.js';
export type { PeerProgress, SnapshotTransfer } from './core/status.js';
export {
  type LeaderHint,
  type Outcome,
  RaftError,
  type RaftErrorCode,
  type RaftErrorDetails,
  StorageError,
  type StorageErrorCode,
} from './errors.js';
export type { Autopilot } from './node/autopilot/autopilot.js';
export type { AutopilotOptions } from './node/autopilot/options.js';
export type { Kept, KeptBecause, Peer, Plan } from './node/autopilot/plan.js';
export type { Proposed } from './node/calls/call.js';
export type { DroppedEvents, RaftEvent, RunnerEvent, SnapshotAttempt } from './node/event.js';
export type {
  ChangeOptions,
  Membership,
  MembershipChanged,
  MembershipChanges,
  NewMember,
} from './node/cluster/membership.js';
export type {
  CallOptions,
  Clock,
  Consistency,
  ProposeOptions,
  RaftNodeOptions,
  ReadOptions,
  SteadyClock,
} from './node/options.js';
export { RaftNode } from './node/raft-node.js';
export type { ResultCodec } from './node/sessions/kept-result.js';
export type { Session, SessionOptions, SessionPlace } from './node/sessions/session.js';
export type { SessionEvent, SessionsStatus } from './node/sessions/session-event.js';
export type { Reconfiguration } from './node/settings.js';
export type { RestoreOptions } from './node/snapshots/restore-volume.js';
export type { Command, Restoration, StateMachine } from './node/state-machine.js';
export type { PeerConnection, RaftStatus } from './node/status.js';
export type { LaterEvents } from './node/watching/event-ring.js';
export { type HistogramData, quantile } from './node/watching/histogram.js';
export type { LoggedEntry, LogRun, LogView } from './node/log-view.js';
export type { RaftMetrics, Tally } from './node/watching/metrics.js';
export type { Marks, Tap } from './node/watching/tap.js';
export { fileLog, type FileLogOptions } from './storage/file-log.js';
export { memoryLog, type MemoryLogOptions } from './storage/memory-log.js';
export type { LogStore, StoredState, TornWrite, VolumeIdentity } from './storage/log-store.js';
export {
  planRecovery,
  type RecoverOptions,
  recoverVolume,
  type RecoveryOptions,
} from './storage/recovery/recover.js';
export type { RecoveryPlan } from './storage/recovery/plan.js';
export type { RecoveryRecord } from './storage/recovery/record.js';
export type { SnapshotStore } from './storage/snapshot-store.js';
export { fileSnapshots, type FileSnapshotsOptions } from './storage/snapshots/file-snapshots.js';
export {
  memorySnapshots,
  type MemorySnapshotsOptions,
} from './storage/snapshots/memory-snapshots.js';
export type { TransportCounters } from './transport/counters.js';
export type {
  Direction,
  Fault,
  FaultEffect,
  FaultEvent,
  FaultRequest,
  InjectedFault,
} from './transport/faults/fault.js';
export {
  type FaultyTransport,
  faultyTransport,
  type FaultyTransportOptions,
} from './transport/faults/faulty-transport.js';
export type { Faults } from './transport/faults/faults.js';
export { type MemoryNetwork, memoryNetwork } from './transport/memory-transport.js';
export type { TcpLimits } from './transport/limits.js';
export type { ProtocolRange } from './transport/protocol.js';
export {
  type TcpTransport,
  tcpTransport,
  type TcpTransportOptions,
} from './transport/tcp-transport.js';
export type { TcpTls } from './transport/tls/tls-identity.js';
export type {
  LocalIdentity,
  LostMessage,
  PeerAddress,
  PeerState,
  Received,
  Transport,
  TransportHandler,
} from './transport/transport.js';

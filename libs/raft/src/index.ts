export type {
  Configuration,
  Member,
  MemberRole,
  PlacedConfiguration,
} from './core/configuration.js';
export type { Entry, EntryType, HardState, LogIndex, NodeId, Term } from './core/entry.js';
export type { LogWrite } from './core/effects.js';
export type { CoreEvent, ProgressState, Role, StepDownReason } from './core/event.js';
export type { Message, VoteRefusal } from './core/message.js';
export type { Limits, Timing } from './core/options.js';
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
export type { Proposed } from './node/calls/call.js';
export type { DroppedEvents, RaftEvent, RunnerEvent } from './node/event.js';
export type { Membership, MembershipChanged, NewMember } from './node/cluster/membership.js';
export type {
  CallOptions,
  Clock,
  Consistency,
  ProposeOptions,
  RaftNodeOptions,
  ReadOptions,
} from './node/options.js';
export { RaftNode } from './node/raft-node.js';
export type { ResultCodec } from './node/sessions/kept-result.js';
export type { Session, SessionOptions, SessionPlace } from './node/sessions/session.js';
export type { SessionEvent, SessionsStatus } from './node/sessions/session-event.js';
export type { RestoreOptions } from './node/snapshots/restore-volume.js';
export type { Command, Restoration, StateMachine } from './node/state-machine.js';
export type { PeerConnection, RaftStatus } from './node/status.js';
export { fileLog, type FileLogOptions } from './storage/file-log.js';
export { memoryLog, type MemoryLogOptions } from './storage/memory-log.js';
export type { LogStore, StoredState, VolumeIdentity } from './storage/log-store.js';
export type { SnapshotStore } from './storage/snapshot-store.js';
export { type MemoryNetwork, memoryNetwork } from './transport/memory-transport.js';
export type { TcpLimits } from './transport/limits.js';
export { tcpTransport, type TcpTransportOptions } from './transport/tcp-transport.js';
export type {
  LocalIdentity,
  PeerAddress,
  Received,
  Transport,
  TransportHandler,
} from './transport/transport.js';

import type { RaftMetrics, RaftStatus } from '@quorate/raft';
import { Exposition } from './exposition.js';

const roles = ['follower', 'pre-candidate', 'candidate', 'leader'] as const;
const faults = ['full', 'failed', 'stalled'] as const;

/** What a node is and has done, for Prometheus. */
export function raftExposition(metrics: RaftMetrics, status: RaftStatus, keys: number): string {
  const to = new Exposition();
  exposeStatus(to, status);
  to.gauge('quorate_keys', 'Keys in the store.', keys);
  exposeCalls(to, metrics);
  exposeLog(to, metrics);
  exposeSnapshots(to, metrics);
  exposeCluster(to, metrics);
  if (metrics.transport !== null) exposeTransport(to, metrics.transport);
  return to.toString();
}

function exposeStatus(to: Exposition, status: RaftStatus): void {
  to.gauges('quorate_role', '1 for the role that the node has.', 'role', flags(roles, status.role));
  to.gauge('quorate_term', 'The current term.', status.term);
  to.gauge('quorate_has_leader', '1 while a leader is known.', Number(status.leader !== null));
  to.gauge('quorate_last_index', 'Index of the last entry.', status.lastIndex);
  to.gauge('quorate_commit_index', 'Index of the last committed entry.', status.commitIndex);
  to.gauge('quorate_applied_index', 'Index of the last applied entry.', status.appliedIndex);
  const matches = Object.fromEntries(status.peers.map(({ id, match }) => [id, match]));
  to.gauges(
    'quorate_peer_match_index',
    'Where this node leads: what a peer holds.',
    'peer',
    matches,
  );
  const fault = flags(faults, status.storageFault);
  to.gauges('quorate_storage_fault', '1 for what is wrong with the disk.', 'fault', fault);
}

function exposeCalls(to: Exposition, { proposals, reads, queues }: RaftMetrics): void {
  to.counter('quorate_proposals_total', 'Writes committed and applied.', proposals.accepted);
  to.counters(
    'quorate_proposals_failed_total',
    'Writes that ended with an error.',
    'code',
    proposals.failed,
  );
  to.durations(
    'quorate_proposal_duration_seconds',
    'From a write to its result.',
    proposals.latency,
  );
  to.counters('quorate_reads_total', 'Reads that were served.', 'consistency', reads.served);
  to.counters(
    'quorate_reads_failed_total',
    'Reads that ended with an error.',
    'code',
    reads.failed,
  );
  to.durations('quorate_read_duration_seconds', 'Reads that had to wait.', reads.latency);
  to.gauge('quorate_open_calls', 'Calls that have no answer yet.', queues.openCalls);
}

function exposeLog(to: Exposition, { log, storage, queues }: RaftMetrics): void {
  to.counter('quorate_entries_committed_total', 'Committed entries.', log.committed);
  to.counter('quorate_entries_applied_total', 'Applied entries.', log.applied);
  to.counter('quorate_applied_bytes_total', 'Bytes of applied commands.', log.appliedBytes);
  to.counter('quorate_log_written_bytes_total', 'Bytes of durable entries.', log.writtenBytes);
  to.durations(
    'quorate_log_write_duration_seconds',
    'Write and sync of a batch.',
    log.writeDuration,
  );
  to.histogram('quorate_log_batch_entries', 'Entries that shared one sync.', log.batch);
  to.counter('quorate_log_write_failures_total', 'Writes that failed.', storage.failedWrites);
  to.counter('quorate_disk_stalls_total', 'Writes that took too long.', storage.stalls);
  to.durations('quorate_disk_stall_duration_seconds', 'How long they took.', storage.stallDuration);
  to.gauge('quorate_held_messages', 'Messages that wait for the disk.', queues.heldMessages);
  to.gauge('quorate_unapplied_entries', 'Committed, not applied yet.', queues.unapplied);
}

function exposeSnapshots(to: Exposition, { snapshots }: RaftMetrics): void {
  const { taken, takeDuration, sent, installed, installDuration, failed } = snapshots;
  to.counter('quorate_snapshots_taken_total', 'Snapshots of this node.', taken);
  to.durations('quorate_snapshot_take_duration_seconds', 'How long they took.', takeDuration);
  to.counter('quorate_snapshots_sent_total', 'Snapshots sent to followers.', sent);
  to.counter('quorate_snapshots_installed_total', 'Snapshots of a leader.', installed);
  to.durations('quorate_snapshot_install_duration_seconds', 'How long they took.', installDuration);
  to.counters('quorate_snapshots_failed_total', 'By what was attempted.', 'attempt', failed);
}

function exposeCluster(to: Exposition, { messages, elections, replication }: RaftMetrics): void {
  to.counters('quorate_messages_sent_total', 'Messages to peers.', 'type', messages.sent);
  to.counters('quorate_messages_received_total', 'Messages of peers.', 'type', messages.received);
  to.counter('quorate_elections_started_total', 'Campaigns of this node.', elections.started);
  to.counter('quorate_elections_won_total', 'Elections it won.', elections.won);
  to.counter(
    'quorate_leader_changes_total',
    'Leaders that it came to know.',
    elections.leaderChanges,
  );
  to.counters('quorate_step_downs_total', 'How it lost leadership.', 'reason', elections.stepDowns);
  to.counter('quorate_appends_rejected_total', 'Logs that differed.', replication.rejected);
}

function exposeTransport(to: Exposition, counted: NonNullable<RaftMetrics['transport']>): void {
  to.counter('quorate_peer_sent_bytes_total', 'Bytes to peers.', counted.bytesSent);
  to.counter('quorate_peer_received_bytes_total', 'Bytes of peers.', counted.bytesReceived);
  to.counter('quorate_peer_dropped_messages_total', 'Messages not sent.', counted.dropped);
  to.counter('quorate_peer_refused_connections_total', 'Turned away.', counted.refused);
  to.counter('quorate_peer_broken_frames_total', 'What no peer should send.', counted.brokenFrames);
}

/** 1 for the name that holds, 0 for the others. */
function flags(names: readonly string[], present: string | null): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, Number(name === present)]));
}

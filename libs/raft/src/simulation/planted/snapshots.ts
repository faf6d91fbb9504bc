import type { Effects } from '../../core/effects.js';
import type { LogIndex } from '../../core/entry.js';
import type { Input } from '../../core/input.js';
import type { CoreOptions } from '../../core/options.js';
import type { SnapshotMeta } from '../../core/snapshot.js';
import type { SnapshotIo } from '../../node/effects/snapshot-io.js';
import { BrokenCore, withCore } from './broken-core.js';
import { withDriver, withPorts } from './broken-driver.js';
import type { Planted } from './planted.js';

/** etcd#1763: a snapshot that comes late is installed all the same, over entries that are newer. */
class InstallsOlderSnapshots extends BrokenCore {
  override step(now: number, input: Input): Effects {
    const { raft } = this;
    if (input.type === 'message' && input.message.type === 'snapshot-request') {
      const { snapshot, term } = input.message;
      const isOld = snapshot.index < raft.commitIndex && raft.snapshot?.id === snapshot.id;
      if (isOld && term === raft.term && raft.leadership === null) raft.beginAnew(snapshot);
    }
    return super.step(now, input);
  }
}

/** Tells the leader that the snapshot is installed before its disk has begun the log anew. */
class InstallsBeforeTheSync extends BrokenCore {
  override step(now: number, input: Input): Effects {
    const effects = super.step(now, input);
    effects.messages = effects.messages.map((outbound) =>
      outbound.message.type === 'snapshot-response' ? { ...outbound, after: 0 } : outbound,
    );
    return effects;
  }
}

/** What a disk holds is taken for committed, all of it. */
class CommitsAllThatItFinds extends BrokenCore {
  constructor(options: CoreOptions) {
    super({ ...options, commitIndex: options.base.index + options.entries.length });
  }
}

/** redisraft 51c1b78: the configuration in a snapshot is not that of its index. */
class ForgetsTheConfiguration extends BrokenCore {
  override snapshotMeta(index: LogIndex): SnapshotMeta {
    const meta = super.snapshotMeta(index);
    return { ...meta, configuration: this.raft.log.configurationAt(this.raft.log.base.index) };
  }
}

/** Snapshots, compaction and what a node starts from (paper §7). */
export const snapshotFaults: readonly Planted[] = [
  {
    name: 'installs-older-snapshots',
    what: 'a snapshot that comes late is applied over newer entries',
    product: withCore(InstallsOlderSnapshots),
    breaks: ['commitRises', 'durableFirst', 'appliedInOrder', 'majorityCommit', 'liveness'],
  },
  {
    name: 'installs-before-the-sync',
    what: 'a snapshot is called installed before the disk holds the new log',
    product: withCore(InstallsBeforeTheSync),
    breaks: ['durableFirst'],
  },
  {
    name: 'commits-all-that-it-finds',
    what: 'at its start a node takes its whole log for committed',
    product: withCore(CommitsAllThatItFinds),
    breaks: ['stateMachineSafety', 'majorityCommit', 'ownTermCommit', 'leaderCompleteness'],
  },
  {
    name: 'forgets-the-configuration',
    what: 'a snapshot holds an earlier configuration than that of its index',
    product: withCore(ForgetsTheConfiguration),
    breaks: ['stateMachineSafety'],
  },
  {
    name: 'takes-the-state-later-than-its-index',
    what: 'what is applied while a snapshot is saved shows in it',
    product: withPorts(({ snapshots }) => ({ snapshots: snapshots && withLateImage(snapshots) })),
    breaks: ['appliedInOrder'],
  },
  {
    name: 'counts-wrong-after-a-restore',
    what: 'after a snapshot is restored, the applied index is one too high',
    product: withDriver(({ applier }) => {
      const resumeAt = applier.resumeAt.bind(applier);
      applier.resumeAt = (index) => resumeAt(index + 1);
    }),
    breaks: ['linearizable', 'acknowledged'],
  },
];

function withLateImage(io: SnapshotIo): SnapshotIo {
  return {
    image: function* () {
      yield* io.image();
    },
    replace: () => io.replace(),
    save: (meta, chunks, ending) => io.save(meta, chunks, ending),
    load: (snapshot) => io.load(snapshot),
    read: (snapshot, offset, ending) => io.read(snapshot, offset, ending),
    receive: (snapshot, offset, data, ending) => io.receive(snapshot, offset, data, ending),
    compact: (upTo, ending) => io.compact(upTo, ending),
  };
}

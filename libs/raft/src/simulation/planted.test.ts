import { describe, expect, test } from 'vitest';
import { encodeConfiguration, isVoter } from '../core/configuration.js';
import type { Effects } from '../core/effects.js';
import type { Input } from '../core/input.js';
import type { CoreOptions } from '../core/options.js';
import { reachedByMajority } from '../core/quorum.js';
import { RaftCore } from '../core/raft-core.js';
import type { RaftState } from '../core/raft-state.js';
import type { Violation } from './journal.js';
import { rules } from './oracles/rules.js';
import { simulate } from './simulate.js';

/** An input that changes nothing. */
const nothing: Input = { type: 'persisted', write: 0 };

/** A core whose inner state a planted fault can reach. */
class BrokenCore extends RaftCore {
  protected get raft(): RaftState {
    return (this as unknown as { readonly state: RaftState }).state;
  }
}

/** Term and vote are written in two writes, say, and a crash comes between (hashicorp/raft#661). */
class ForgetsItsVote extends RaftCore {
  constructor(options: CoreOptions) {
    super({ ...options, hardState: { ...options.hardState, votedFor: null } });
  }
}

class ForgetsItsTerm extends RaftCore {
  constructor(options: CoreOptions) {
    super({ ...options, hardState: { term: 0, votedFor: null } });
  }
}

/** Paper figure 2: stable storage first. */
class AnswersBeforeTheSync extends RaftCore {
  override step(now: number, input: Input): Effects {
    const effects = super.step(now, input);
    effects.messages = effects.messages.map((outbound) => ({ ...outbound, after: 0 }));
    return effects;
  }
}

/** The leader's own disk counts like any other: when its write is done. */
class CountsItsOwnWriteTooSoon extends BrokenCore {
  override step(now: number, input: Input): Effects {
    this.raft.disk.durableIndex = this.raft.log.lastIndex;
    return super.step(now, input);
  }
}

/** What a majority of these has, the leader's own disk counted. */
function reached({ leadership, disk }: RaftState, counts: (id: string) => boolean): number {
  const peers = [...(leadership?.progress.values() ?? [])].filter(({ id }) => counts(id));
  return leadership === null
    ? 0
    : reachedByMajority([disk.durableIndex, ...peers.map((p) => p.match)]);
}

/** Paper figure 8, logcabin#44: an entry of an earlier term counts as committed as soon as a majority holds it. */
class CountsOlderTerms extends BrokenCore {
  override step(now: number, input: Input): Effects {
    const { raft } = this;
    if (isVoter(raft.configuration, raft.id)) {
      raft.commitTo(reached(raft, (id) => isVoter(raft.configuration, id)));
    }
    return super.step(now, input);
  }
}

/** Everybody counts, learners too, so a majority of them may hold no majority of voters. */
class CountsLearners extends BrokenCore {
  override step(now: number, input: Input): Effects {
    const { raft } = this;
    const index = reached(raft, () => true);
    if (raft.log.termAt(index) === raft.term) raft.commitTo(index);
    return super.step(now, input);
  }
}

/** An emptied node counts as the one that it was. */
class CountsImpostors extends BrokenCore {
  override step(now: number, input: Input): Effects {
    this.raft.isImpostor = () => false;
    return super.step(now, input);
  }
}

/** Votes for whoever asks first (paper §5.4.1). */
class VotesForAnyLog extends BrokenCore {
  override step(now: number, input: Input): Effects {
    this.raft.log.isUpToDate = () => true;
    return super.step(now, input);
  }
}

/** CCF#6016: rolls back to where a request begins before it looks whether anything differs. */
class TruncatesAtStaleRequests extends BrokenCore {
  override step(now: number, input: Input): Effects {
    const { raft } = this;
    if (input.type === 'message' && input.message.type === 'append-request') {
      const { term, prevIndex, prevTerm } = input.message;
      const agrees = term === raft.term && raft.log.termAt(prevIndex) === prevTerm;
      if (agrees && prevIndex < raft.log.lastIndex && raft.role === 'follower') {
        raft.truncate(prevIndex + 1);
      }
    }
    return super.step(now, input);
  }
}

/** The leader answers from what it has: another may lead since (etcd-io/etcd#741). */
class ReadsWithoutProof extends BrokenCore {
  override step(now: number, input: Input): Effects {
    const { raft } = this;
    if (input.type === 'read' && raft.leadership !== null) {
      raft.answer({ type: 'readable', id: input.id, index: raft.commitIndex });
      return super.step(now, nothing);
    }
    return super.step(now, input);
  }
}

/** A new leader does not wait for an entry of its own. */
class ReadsBeforeItsOwnEntry extends BrokenCore {
  override step(now: number, input: Input): Effects {
    if (this.raft.leadership !== null) Object.assign(this.raft.leadership, { termStart: 0 });
    return super.step(now, input);
  }
}

/** Beyond etcd-io/raft#397: who has confirmed one read has confirmed all that follow. */
class ConfirmsReadsForEver extends BrokenCore {
  override step(now: number, input: Input): Effects {
    for (const progress of this.raft.leadership?.progress.values() ?? []) {
      if (progress.readPosition > 0) progress.readPosition = Infinity;
    }
    return super.step(now, input);
  }
}

/** A node counts its state as old only from the moment at which it heard of it. */
class TrustsOldNews extends BrokenCore {
  override step(now: number, input: Input): Effects {
    if (input.type !== 'message' || input.message.type !== 'heartbeat') {
      return super.step(now, input);
    }
    const message = { ...input.message, echo: Math.floor(this.raft.clock.time) };
    return super.step(now, { ...input, message });
  }
}

/** raft-dev 2015: a second change before the first is committed. */
class ChangesTwiceAtOnce extends BrokenCore {
  constructor(options: CoreOptions) {
    super(options);
    Object.defineProperty(this.raft, 'configurationCommitted', { get: () => true });
  }
}

/** Thesis §4.3: while two configurations decide together, the new one alone is asked. */
class AsksOnlyTheNewHalf extends BrokenCore {
  override step(now: number, input: Input): Effects {
    const { raft } = this;
    const { outgoing, members } = raft.configuration;
    if (outgoing !== null && raft.leadership !== null) {
      const index = reached(raft, (id) => isVoter({ members, outgoing: null }, id));
      if (raft.log.termAt(index) === raft.term) raft.commitTo(index);
    }
    return super.step(now, input);
  }
}

/** The new configuration follows a joint one that is not committed yet. */
class LeavesJointTooSoon extends BrokenCore {
  override step(now: number, input: Input): Effects {
    const { raft } = this;
    const { configuration } = raft;
    if (configuration.outgoing !== null && raft.leadership !== null) {
      const next = { ...configuration, outgoing: null };
      raft.appendNew('configuration', encodeConfiguration(next));
    }
    return super.step(now, input);
  }
}

/** What was lost on the way to a follower is never sent again. */
class NeverSendsAgain extends BrokenCore {
  override step(now: number, input: Input): Effects {
    for (const progress of this.raft.leadership?.progress.values() ?? []) {
      progress.heartbeatAnswered = () => undefined;
    }
    return super.step(now, input);
  }
}

/**
 * Hears nobody under another incarnation than its own log names, not even a leader whose replacement
 * stands further on in the log: it never gets there.
 */
class HearsNoReplacedLeader extends BrokenCore {
  override step(now: number, input: Input): Effects {
    const isRefused =
      input.type === 'message' && this.raft.isImpostor(input.from, input.incarnation);
    return super.step(now, isRefused ? nothing : input);
  }
}

interface Planted {
  readonly core: new (options: CoreOptions) => RaftCore;
  /** The rules that such a core breaks; the first one broken ends a run. */
  readonly breaks: readonly (keyof typeof rules)[];
  readonly nodes?: number;
}

const planted: readonly Planted[] = [
  // Needs two candidates of one term and a restart between their requests: pre-votes make that rare.
  { core: ForgetsItsVote, breaks: ['oneVote'] },
  { core: ForgetsItsTerm, breaks: ['termsRise'] },
  { core: AnswersBeforeTheSync, breaks: ['durableFirst'] },
  { core: CountsItsOwnWriteTooSoon, breaks: ['majorityCommit'] },
  { core: CountsOlderTerms, breaks: ['ownTermCommit'] },
  // Where the learner was a voter just before, the loss shows first at the next leader.
  { core: CountsLearners, breaks: ['majorityCommit', 'leaderCompleteness'] },
  { core: CountsImpostors, breaks: ['majorityCommit'] },
  { core: VotesForAnyLog, breaks: ['leaderCompleteness'] },
  // What was cut is never sent again: the leader has been told that it is there.
  { core: TruncatesAtStaleRequests, breaks: ['commitRises', 'majorityCommit', 'liveness'] },
  { core: ReadsWithoutProof, breaks: ['linearizable'] },
  // Changes of the membership wait for the same entry.
  { core: ReadsBeforeItsOwnEntry, breaks: ['linearizable', 'oneChange'] },
  { core: ConfirmsReadsForEver, breaks: ['linearizable'] },
  { core: TrustsOldNews, breaks: ['boundedStaleness'] },
  { core: ChangesTwiceAtOnce, breaks: ['oneChange'] },
  { core: AsksOnlyTheNewHalf, breaks: ['majorityCommit'], nodes: 5 },
  { core: LeavesJointTooSoon, breaks: ['oneChange'], nodes: 5 },
  { core: NeverSendsAgain, breaks: ['liveness'] },
  { core: HearsNoReplacedLeader, breaks: ['liveness'] },
];

/** Within so many seeds each planted fault must be found; most are in the first few. */
const seeds = 400;

describe('the oracles find a core that', () => {
  test.each(planted)(
    '$core.name',
    async ({ core: Broken, breaks, nodes = 3 }) => {
      const violation = await firstViolation(nodes, (options) => new Broken(options));
      expect(breaks.map((name) => rules[name].name)).toContain(violation?.rule.name);
    },
    120_000,
  );
});

async function firstViolation(
  nodes: number,
  createCore: (options: CoreOptions) => RaftCore,
): Promise<Violation | null> {
  for (let seed = 1; seed <= seeds; seed++) {
    const { violation } = await simulate({ seed, nodes, createCore });
    if (violation !== null) return violation;
  }
  return null;
}

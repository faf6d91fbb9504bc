import { findMember } from '../../core/configuration.js';
import type { Effects } from '../../core/effects.js';
import type { Input } from '../../core/input.js';
import { BrokenCore, nothing, withCore } from './broken-core.js';
import type { Planted } from './planted.js';
import { lostDisks, replacedLeaders } from './weathers.js';

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

/** openraft: an answer to an earlier stream, of another term or of the node that was there before, counts. */
class TakesAnswersOfEarlierStreams extends BrokenCore {
  override step(now: number, input: Input): Effects {
    if (input.type !== 'message' || input.message.type !== 'append-response') {
      return super.step(now, input);
    }
    const session = this.raft.leadership?.progress.get(input.from)?.session;
    const member = findMember(this.configuration, input.from);
    if (session === undefined || member === undefined) return super.step(now, input);
    const { incarnation } = member;
    const message = { ...input.message, term: this.term, session };
    return super.step(now, { ...input, incarnation, message });
  }
}

/** How logs become equal (paper §5.3). */
export const replicationFaults: readonly Planted[] = [
  // What was cut is never sent again: the leader has been told that it is there.
  {
    name: 'truncates-at-stale-requests',
    what: 'cuts its log at a request that came late',
    product: withCore(TruncatesAtStaleRequests),
    breaks: ['commitRises', 'majorityCommit', 'liveness'],
  },
  {
    name: 'takes-answers-of-earlier-streams',
    what: 'lets an answer to an earlier replication stream through',
    product: withCore(TakesAnswersOfEarlierStreams),
    breaks: ['majorityCommit', 'goodMessages', 'stateMachineSafety', 'liveness'],
    nodes: 5,
    weather: lostDisks,
  },
  {
    name: 'never-sends-again',
    what: 'what was lost on the way is never sent again',
    product: withCore(NeverSendsAgain),
    breaks: ['liveness'],
  },
  {
    name: 'hears-no-replaced-leader',
    what: 'hears no leader whose replacement stands further on in the log',
    product: withCore(HearsNoReplacedLeader),
    breaks: ['liveness'],
    weather: replacedLeaders,
  },
];

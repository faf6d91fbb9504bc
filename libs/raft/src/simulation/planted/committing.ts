import { isVoter } from '../../core/configuration.js';
import type { Effects } from '../../core/effects.js';
import type { Input } from '../../core/input.js';
import { RaftCore } from '../../core/raft-core.js';
import { BrokenCore, reached, withCore } from './broken-core.js';
import type { Planted } from './planted.js';
import { lostDisks } from './weathers.js';

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

/** A leader that is no voter counts its own disk all the same (thesis §4.2.2). */
class CountsItselfAlways extends BrokenCore {
  override step(now: number, input: Input): Effects {
    const { raft } = this;
    if (!isVoter(raft.configuration, raft.id)) {
      const index = reached(raft, (id) => isVoter(raft.configuration, id));
      if (raft.log.termAt(index) === raft.term) raft.commitTo(index);
    }
    return super.step(now, input);
  }
}

/** Tells followers how far it has committed, not how far that is known to be in their logs. */
class SpreadsItsWholeCommit extends BrokenCore {
  override step(now: number, input: Input): Effects {
    const effects = super.step(now, input);
    effects.messages = effects.messages.map((outbound) =>
      outbound.message.type === 'heartbeat'
        ? { ...outbound, message: { ...outbound.message, commit: this.commitIndex } }
        : outbound,
    );
    return effects;
  }
}

/** What counts as committed (paper §5.3, §5.4.2). */
export const commitFaults: readonly Planted[] = [
  {
    name: 'answers-before-the-sync',
    what: 'votes and acknowledges before its disk has it',
    product: withCore(AnswersBeforeTheSync),
    breaks: ['durableFirst'],
  },
  {
    name: 'counts-its-own-write-too-soon',
    what: 'a leader counts itself before its disk has the entry',
    product: withCore(CountsItsOwnWriteTooSoon),
    breaks: ['majorityCommit'],
  },
  {
    name: 'counts-older-terms',
    what: 'commits an entry of an earlier term by counting',
    product: withCore(CountsOlderTerms),
    breaks: ['ownTermCommit'],
  },
  {
    name: 'counts-learners',
    what: 'counts learners for the majority',
    product: withCore(CountsLearners),
    breaks: ['majorityCommit'],
    weather: lostDisks,
  },
  {
    name: 'counts-impostors',
    what: 'counts an emptied node as the one that it was',
    product: withCore(CountsImpostors),
    breaks: ['majorityCommit'],
    weather: lostDisks,
  },
  {
    name: 'counts-itself-always',
    what: 'a leader that is no voter counts itself',
    product: withCore(CountsItselfAlways),
    breaks: ['majorityCommit'],
    weather: lostDisks,
  },
  {
    name: 'spreads-its-whole-commit',
    what: 'lets followers commit what may differ in their logs',
    product: withCore(SpreadsItsWholeCommit),
    breaks: ['stateMachineSafety', 'leaderCompleteness', 'appliedInOrder'],
  },
];

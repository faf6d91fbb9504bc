import type { Effects } from '../../core/effects.js';
import type { Input } from '../../core/input.js';
import type { CoreOptions } from '../../core/options.js';
import { RaftCore } from '../../core/raft-core.js';
import { BrokenCore, withCore } from './broken-core.js';
import type { Planted } from './planted.js';
import { manyCandidates, rashElections } from './weathers.js';

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

/** CCF#8094: who steps down, and stays in its term, is free to vote once more. */
class ForgetsItsVoteInDefeat extends BrokenCore {
  override step(now: number, input: Input): Effects {
    const { role, term } = this;
    const effects = super.step(now, input);
    if (role !== 'follower' && this.role === 'follower' && this.term === term) {
      this.raft.votedFor = null;
    }
    return effects;
  }
}

/** Votes for whoever asks first (paper §5.4.1). */
class VotesForAnyLog extends BrokenCore {
  override step(now: number, input: Input): Effects {
    this.raft.log.isUpToDate = () => true;
    return super.step(now, input);
  }
}

/** openraft#1220: whoever answers has voted for it. */
class TakesRefusalsForVotes extends BrokenCore {
  override step(now: number, input: Input): Effects {
    if (input.type !== 'message' || input.message.type !== 'vote-response') {
      return super.step(now, input);
    }
    const term = input.message.preVote ? this.term + 1 : this.term;
    return super.step(now, { ...input, message: { ...input.message, term, refusal: null } });
  }
}

/** hashicorp/raft#695: hears of a later term and takes it over, and leads on. */
class LeadsOnInALaterTerm extends BrokenCore {
  override step(now: number, input: Input): Effects {
    const { raft } = this;
    if (raft.leadership !== null && input.type === 'message') {
      raft.setTerm(input.message.term);
    }
    return super.step(now, input);
  }
}

/** Elections (paper §5.2, §5.4.1). */
export const votingFaults: readonly Planted[] = [
  {
    name: 'forgets-its-vote',
    what: 'votes twice in a term, after a restart',
    product: withCore(ForgetsItsVote),
    breaks: ['oneVote', 'electionSafety'],
    weather: rashElections,
    nodes: 5,
  },
  {
    name: 'forgets-its-term',
    what: 'begins again at term 0, after a restart',
    product: withCore(ForgetsItsTerm),
    breaks: ['termsRise'],
  },
  {
    name: 'forgets-its-vote-in-defeat',
    what: 'a candidate or leader that steps down votes again in its term',
    product: withCore(ForgetsItsVoteInDefeat),
    breaks: ['oneVote', 'electionSafety'],
    weather: manyCandidates,
  },
  {
    name: 'votes-for-any-log',
    what: 'votes for a candidate that lacks committed entries',
    product: withCore(VotesForAnyLog),
    breaks: ['leaderCompleteness'],
  },
  {
    name: 'takes-refusals-for-votes',
    what: 'counts a refused vote as one for itself',
    product: withCore(TakesRefusalsForVotes),
    breaks: ['electionSafety', 'leaderCompleteness', 'oneVote'],
  },
  {
    name: 'leads-on-in-a-later-term',
    what: 'goes on leading in a term that it only heard of',
    product: withCore(LeadsOnInALaterTerm),
    breaks: ['electionSafety', 'leaderAppendOnly', 'durableFirst', 'oneVote', 'goodMessages'],
  },
];

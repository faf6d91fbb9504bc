/** What a correct cluster never breaks, and who says so. */
export interface Rule {
  readonly name: string;
  readonly source: string;
}

function rule(name: string, source: string): Rule {
  return { name, source };
}

export const rules = {
  electionSafety: rule('election safety: one leader a term', 'paper §5.2, figure 3'),
  oneVote: rule('one vote a term, restarts included', 'paper §5.2'),
  termsRise: rule('a term never falls', 'paper §5.1'),
  leaderAppendOnly: rule('a leader only appends, in its own term', 'paper §5.3, figure 3'),
  logMatching: rule('same index and term: same log up to there', 'paper §5.3, figure 3'),
  leaderCompleteness: rule('a leader has every committed entry', 'paper §5.4, figure 3'),
  stateMachineSafety: rule('one entry is applied at an index, ever', 'paper §5.4.3, figure 3'),
  commitRises: rule('commit index only rises, step by step, within the log', 'paper figure 2'),
  durableFirst: rule('stable storage before an answer', 'paper figure 2'),
  majorityCommit: rule('committed: durable at a majority', 'paper §5.3'),
  ownTermCommit: rule('only entries of its own term are committed by counting', 'paper §5.4.2'),
  oneChange: rule('one uncommitted change, after an own entry', 'thesis §4.1; raft-dev 2015'),
  majoritiesOverlap: rule('never two majorities', 'thesis §4.1'),
  jointConsensus: rule('old and new voters decide together, from whole to whole', 'thesis §4.3'),
  appliedInOrder: rule('every node applies the same, in order, without gaps', 'paper §2'),
  appliedOnce: rule('a command is applied once, however often it is sent', 'paper §8, thesis §6.3'),
  firstResult: rule('a command that is sent again gets its first result', 'thesis §6.3'),
  acknowledged: rule('an acknowledged write is the one that was applied', 'paper §8'),
  notApplied: rule('"not-applied" is a promise', 'the outcome of a RaftError'),
  linearizable: rule('every call takes effect between its start and its end', 'thesis §6.4'),
  boundedStaleness: rule('a bounded read sees what was committed so long ago', 'maxStaleMs'),
  readsFromIndex: rule('a read sees the entry that it asked for', 'minIndex'),
  everyCallEnds: rule('every call ends in bounded time', 'the deadline of a call'),
  goodMessages: rule('no correct node sends a bad message', 'the event bad-message'),
  wireForm: rule('a message arrives as it was sent', 'codec/message.ts'),
  nodesGoOn: rule('no node stops by itself', 'the event failed'),
  recovery: rule('a volume opens with all that it acknowledged', 'paper §5, §8: crash recovery'),
  damageTold: rule('damage is named by file and byte, never cut', 'storage/segments/torn-tail.ts'),
  liveness: rule('healed, a cluster works again', 'paper §5.6'),
} as const;

export type RuleName = keyof typeof rules;

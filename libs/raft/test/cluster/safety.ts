import type { Effects } from '../../src/core/effects.js';
import type { Entry, LogIndex, NodeId, Term } from '../../src/core/entry.js';
import type { Server } from './server.js';

/**
 * What must hold at every moment of every test (paper figure 3). It remembers the whole history, so
 * that crashed and wiped servers are held to what they said before.
 */
export class Safety {
  private readonly leaders = new Map<Term, NodeId>();
  private readonly committed = new Map<LogIndex, Entry>();

  check(server: Server, effects: Effects): void {
    this.electionSafety(server);
    this.stateMachineSafety(server);
    if (effects.events.some(({ type }) => type === 'election-won')) this.leaderCompleteness(server);
    requestsFollowTheLog(server, effects);
  }

  /** At most one leader can be elected in a given term. */
  private electionSafety({ id, core }: Server): void {
    if (core.role !== 'leader') return;
    const known = this.leaders.get(core.term) ?? id;
    if (known !== id) throw new Error(`both ${known} and ${id} lead term ${core.term}`);
    this.leaders.set(core.term, id);
  }

  /** What was committed is in the logs of all later leaders. */
  private leaderCompleteness({ id, core }: Server): void {
    for (const { index, term } of this.committed.values()) {
      if (index < core.log.base.index) continue;
      if (core.log.termAt(index) !== term) throw new Error(`${id} leads without entry ${index}`);
    }
  }

  /** No other server commits a different entry for the same index; none is left out. */
  private stateMachineSafety({ id, committed, restoredIndex }: Server): void {
    for (const [i, entry] of committed.entries()) {
      const { index, term, data } = entry;
      const expected = restoredIndex + i + 1;
      if (index !== expected) throw new Error(`${id} commits ${index} where ${expected} belongs`);
      const known = this.committed.get(index) ?? entry;
      if (known.term !== term || !Buffer.from(known.data).equals(data)) {
        throw new Error(`${id} commits another entry ${index} than was committed before`);
      }
      this.committed.set(index, known);
    }
  }
}

/** An append request is a piece of the sender's log, without a hole (openraft#1795). */
function requestsFollowTheLog({ id, core }: Server, { messages }: Effects): void {
  for (const { message } of messages) {
    if (message.type !== 'append-request') continue;
    const { prevIndex, prevTerm, entries } = message;
    const isPiece =
      core.log.termAt(prevIndex) === prevTerm &&
      entries.every((entry, i) => core.log.entryAt(prevIndex + 1 + i) === entry);
    if (!isPiece) throw new Error(`${id} sends what is not its log, behind entry ${prevIndex}`);
  }
}

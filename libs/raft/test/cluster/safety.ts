import type { Entry, LogIndex, NodeId, Term } from '../../src/core/entry.js';
import type { Server } from './server.js';

/**
 * What must hold at every moment of every test (paper figure 3). It remembers the whole history, so
 * that crashed and wiped servers are held to what they said before.
 */
export class Safety {
  private readonly leaders = new Map<Term, NodeId>();
  private readonly committed = new Map<LogIndex, Entry>();

  check(server: Server): void {
    this.electionSafety(server);
    this.stateMachineSafety(server);
  }

  /** At most one leader can be elected in a given term. */
  private electionSafety({ id, core }: Server): void {
    if (core.role !== 'leader') return;
    const known = this.leaders.get(core.term) ?? id;
    if (known !== id) throw new Error(`both ${known} and ${id} lead term ${core.term}`);
    this.leaders.set(core.term, id);
  }

  /** No other server commits a different entry for the same index; none is left out. */
  private stateMachineSafety({ id, committed }: Server): void {
    const last = committed.at(-1);
    if (last === undefined) return;
    if (last.index !== committed.length) throw new Error(`${id} left out a committed entry`);
    const known = this.committed.get(last.index) ?? last;
    if (known.term !== last.term || !Buffer.from(known.data).equals(last.data)) {
      throw new Error(`${id} commits another entry ${last.index} than was committed before`);
    }
    for (const entry of committed)
      this.committed.set(entry.index, this.committed.get(entry.index) ?? entry);
  }
}

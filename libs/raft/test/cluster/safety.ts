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
    for (const [i, entry] of committed.entries()) {
      const { index, term, data } = entry;
      if (index !== i + 1) throw new Error(`${id} commits ${index} where ${i + 1} belongs`);
      const known = this.committed.get(index) ?? entry;
      if (known.term !== term || !Buffer.from(known.data).equals(data)) {
        throw new Error(`${id} commits another entry ${index} than was committed before`);
      }
      this.committed.set(index, known);
    }
  }
}

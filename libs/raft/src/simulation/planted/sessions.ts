import type { Entry } from '../../core/entry.js';
import type { Applied } from '../../node/sessions/applied.js';
import type { SnapshotMachine } from '../../node/snapshots/store-io.js';
import type { Product } from '../product.js';
import type { Page, Sight } from '../world/ledger.js';
import { SimReplica } from '../world/sim-replica.js';
import { withDriver } from './broken-driver.js';
import type { Planted } from './planted.js';

/** The product, but for what it does with sessions. */
function withReplica(Broken: new (seen: (page: Page) => void) => SimReplica): Partial<Product> {
  return { replica: (seen) => new Broken(seen) };
}

/** Lets go of results that nobody has acknowledged. */
class ForgetsFirstResults extends SimReplica {
  override apply(entry: Entry): Applied<Sight> {
    if (entry.index % 10 === 0) {
      const { clusterTime, sessions } = this.sessions.image();
      const emptied = sessions.map((session) => ({ ...session, kept: [] }));
      this.sessions.replaceBy({ clusterTime, sessions: emptied, keys: [] });
    }
    return super.apply(entry);
  }
}

/** Lets sessions expire by what it has seen itself since its start, which every node has for itself. */
class ExpiresByItsOwnCount extends SimReplica {
  private seenHere = 0;

  override apply(entry: Entry): Applied<Sight> {
    if (++this.seenHere % 50 === 0) {
      this.sessions.replaceBy({ ...this.sessions.image(), sessions: [] });
    }
    return super.apply(entry);
  }
}

/** The state machine's snapshots as they are: who goes on from one knows no session. */
class LeavesSessionsOut extends SimReplica {
  override snapshots(machine: SnapshotMachine): SnapshotMachine {
    return machine;
  }
}

/** Answers a copy with what was applied last, and not with the first result. */
class AnswersWithTheLatest extends SimReplica {
  private latest: Applied<Sight> | null = null;

  override apply(entry: Entry): Applied<Sight> {
    const applied = super.apply(entry);
    const isCopy = typeof applied !== 'string' && applied.index < entry.index;
    if (isCopy && this.latest !== null) return this.latest;
    if (typeof applied !== 'string' && applied.result !== undefined) this.latest = applied;
    return applied;
  }
}

/** Exactly-once sessions (thesis §6.3). */
export const sessionFaults: readonly Planted[] = [
  {
    name: 'forgets-first-results',
    what: 'a result is let go before its client has acknowledged it',
    product: withReplica(ForgetsFirstResults),
    breaks: ['appliedInOrder', 'acknowledged', 'firstResult'],
  },
  {
    name: 'expires-sessions-by-its-own-count',
    what: 'sessions expire by something that is not in the log',
    product: withReplica(ExpiresByItsOwnCount),
    breaks: ['appliedInOrder', 'notApplied', 'acknowledged'],
  },
  {
    name: 'leaves-sessions-out-of-snapshots',
    what: 'a snapshot holds the state, and no sessions',
    product: withReplica(LeavesSessionsOut),
    breaks: ['appliedInOrder', 'notApplied', 'acknowledged'],
  },
  {
    name: 'answers-with-the-latest-result',
    what: 'a command that was sent again gets another command\u2019s result',
    product: withReplica(AnswersWithTheLatest),
    breaks: ['acknowledged'],
  },
  {
    name: 'forgets-its-doubts',
    what: 'what became of an earlier try is taken for known when a later one is refused',
    product: withDriver(({ requests }) => {
      const sendAgain = requests.sendAgain.bind(requests);
      requests.sendAgain = (proposal) => sendAgain(proposal, 'not-applied');
    }),
    breaks: ['notApplied'],
  },
];

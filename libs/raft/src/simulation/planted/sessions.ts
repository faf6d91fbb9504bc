import type { Entry } from '../../core/entry.js';
import type { Applied } from '../../node/sessions/applied.js';
import { decodeSessionEntry } from '../../node/sessions/session-entry.js';
import type { SessionImage } from '../../node/sessions/session-image.js';
import type { Sight } from '../world/ledger.js';
import { SimReplica } from '../world/sim-replica.js';
import { withDriver } from './broken-driver.js';
import type { Planted } from './planted.js';
import { doubtfulWrites } from './weathers.js';

/** Lets a command through as often as it stands in the log. */
class AppliesRepeats extends SimReplica {
  override apply(entry: Entry): Applied<Sight> {
    const command = entry.type === 'session' ? decodeSessionEntry(entry.data) : null;
    if (command?.type !== 'command' && command?.type !== 'keyed') return super.apply(entry);
    return super.apply({ ...entry, type: 'command', data: command.data });
  }
}

/** A restored node knows of no session, and what they have done. */
class ForgetsSessions extends SimReplica {
  constructor(...seen: ConstructorParameters<typeof SimReplica>) {
    super(...seen);
    const nothing: SessionImage<Sight> = { clusterTime: 0, sessions: [], keys: [] };
    this.sessions.image = () => nothing;
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

/** Answers a copy with what was applied last, and not with the first result. */
class AnswersWithTheLatest extends SimReplica {
  private latest: Applied<Sight> | null = null;

  override apply(entry: Entry): Applied<Sight> {
    const applied = super.apply(entry);
    if (typeof applied === 'string') return applied;
    if (applied.index < entry.index && this.latest !== null) return this.latest;
    if (applied.result !== undefined) this.latest = applied;
    return applied;
  }
}

/** Exactly-once sessions (thesis §6.3). */
export const sessionFaults: readonly Planted[] = [
  {
    name: 'applies-repeats',
    what: 'a command that was sent twice is applied twice',
    product: { replica: (seen) => new AppliesRepeats(seen) },
    breaks: ['appliedInOrder', 'appliedOnce'],
  },
  {
    name: 'forgets-sessions',
    what: 'a snapshot holds no sessions',
    product: { replica: (seen) => new ForgetsSessions(seen) },
    breaks: ['appliedInOrder', 'acknowledged', 'linearizable'],
  },
  {
    name: 'expires-sessions-by-its-own-count',
    what: 'sessions expire by something that is not in the log',
    product: { replica: (seen) => new ExpiresByItsOwnCount(seen) },
    breaks: ['appliedInOrder', 'notApplied', 'acknowledged'],
  },
  {
    name: 'answers-with-the-latest-result',
    what: 'a command that was sent again gets another command’s result',
    product: { replica: (seen) => new AnswersWithTheLatest(seen) },
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
    weather: doubtfulWrites,
  },
];

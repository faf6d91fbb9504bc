import type { Entry } from '../../core/entry.js';
import type { Applied } from '../../node/sessions/applied.js';
import { decodeSessionEntry } from '../../node/sessions/session-entry.js';
import type { SessionImage } from '../../node/sessions/session-image.js';
import type { Sight } from '../world/ledger.js';
import { SimReplica } from '../world/sim-replica.js';
import type { Planted } from './planted.js';

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
];

import { encodeConfiguration, isVoter } from '../../core/configuration.js';
import type { Effects } from '../../core/effects.js';
import type { Input } from '../../core/input.js';
import type { CoreOptions } from '../../core/options.js';
import { BrokenCore, reached, withCore } from './broken-core.js';
import type { Planted } from './planted.js';
import { changingMembers } from './weathers.js';

/** raft-dev 2015: a second change before the first is committed. */
class ChangesTwiceAtOnce extends BrokenCore {
  constructor(options: CoreOptions) {
    super(options);
    Object.defineProperty(this.raft, 'configurationCommitted', { get: () => true });
  }
}

/** Thesis §4.3: while two configurations decide together, the new one alone is asked. */
class AsksOnlyTheNewHalf extends BrokenCore {
  override step(now: number, input: Input): Effects {
    const { raft } = this;
    const { outgoing, members } = raft.configuration;
    if (outgoing !== null && raft.leadership !== null) {
      const index = reached(raft, (id) => isVoter({ members, outgoing: null }, id));
      if (raft.log.termAt(index) === raft.term) raft.commitTo(index);
    }
    return super.step(now, input);
  }
}

/** The new configuration follows a joint one that is not committed yet. */
class LeavesJointTooSoon extends BrokenCore {
  override step(now: number, input: Input): Effects {
    const { raft } = this;
    const { configuration } = raft;
    if (configuration.outgoing !== null && raft.leadership !== null) {
      const next = { ...configuration, outgoing: null };
      raft.appendNew('configuration', encodeConfiguration(next));
    }
    return super.step(now, input);
  }
}

/** Changes of the members (thesis §4.1, §4.3). */
export const membershipFaults: readonly Planted[] = [
  {
    name: 'changes-twice-at-once',
    what: 'begins a change of the members before the last is committed',
    product: withCore(ChangesTwiceAtOnce),
    breaks: ['oneChange'],
  },
  {
    name: 'asks-only-the-new-half',
    what: 'in joint consensus only the new configuration is counted',
    product: withCore(AsksOnlyTheNewHalf),
    breaks: ['majorityCommit'],
    weather: changingMembers,
    nodes: 5,
  },
  {
    name: 'leaves-joint-too-soon',
    what: 'the new configuration follows before the joint one is committed',
    product: withCore(LeavesJointTooSoon),
    breaks: ['oneChange'],
    weather: changingMembers,
    nodes: 5,
  },
];

import type { Effects } from '../../core/effects.js';
import type { Input } from '../../core/input.js';
import { BrokenCore, nothing, withCore } from './broken-core.js';
import type { Planted } from './planted.js';
import { sleepyFollowers, staleLeaders } from './weathers.js';

/** The leader answers from what it has: another may lead since (etcd-io/etcd#741). */
class ReadsWithoutProof extends BrokenCore {
  override step(now: number, input: Input): Effects {
    const { raft } = this;
    if (input.type === 'read' && raft.leadership !== null) {
      raft.answer({ type: 'readable', id: input.id, index: raft.commitIndex });
      return super.step(now, nothing);
    }
    return super.step(now, input);
  }
}

/** A new leader does not wait for an entry of its own. */
class ReadsBeforeItsOwnEntry extends BrokenCore {
  override step(now: number, input: Input): Effects {
    if (this.raft.leadership !== null) Object.assign(this.raft.leadership, { termStart: 0 });
    return super.step(now, input);
  }
}

/** Beyond etcd-io/raft#397: who has confirmed one read has confirmed all that follow. */
class ConfirmsReadsForEver extends BrokenCore {
  override step(now: number, input: Input): Effects {
    for (const progress of this.raft.leadership?.progress.values() ?? []) {
      if (progress.readPosition > 0) progress.readPosition = Infinity;
    }
    return super.step(now, input);
  }
}

/** etcd-io/etcd#20418: a read joins the round that is under way, which began before it. */
class JoinsTheRoundUnderWay extends BrokenCore {
  override step(now: number, input: Input): Effects {
    const reads = this.raft.leadership?.reads;
    if (reads !== undefined) {
      const inner = reads as unknown as {
        waiting: unknown[];
        round: { tickets: unknown[] } | null;
      };
      reads.add = (ticket) => {
        if (inner.round === null) inner.waiting.push(ticket);
        else inner.round.tickets = [...inner.round.tickets, ticket];
      };
    }
    return super.step(now, input);
  }
}

/** A lease that never ends (Consul#54: longer than the new election). */
class LeasesForEver extends BrokenCore {
  override step(now: number, input: Input): Effects {
    for (const progress of this.raft.leadership?.progress.values() ?? []) {
      if (progress.leaseUntil > 0) progress.leaseUntil = Infinity;
    }
    return super.step(now, input);
  }
}

/** A node counts its state as old only from the moment at which it heard of it. */
class TrustsOldNews extends BrokenCore {
  override step(now: number, input: Input): Effects {
    if (input.type !== 'message' || input.message.type !== 'heartbeat') {
      return super.step(now, input);
    }
    const message = { ...input.message, echo: Math.floor(this.raft.clock.time) };
    return super.step(now, { ...input, message });
  }
}

/** Reads without a write (thesis §6.4). */
export const readFaults: readonly Planted[] = [
  {
    name: 'reads-without-proof',
    what: 'a leader answers reads without asking whether it still leads',
    product: withCore(ReadsWithoutProof),
    breaks: ['linearizable'],
  },
  {
    name: 'reads-before-its-own-entry',
    what: 'a new leader answers reads before its no-op is committed',
    product: withCore(ReadsBeforeItsOwnEntry),
    breaks: ['linearizable'],
    weather: staleLeaders,
  },
  {
    name: 'confirms-reads-for-ever',
    what: 'who has confirmed one read has confirmed all that follow',
    product: withCore(ConfirmsReadsForEver),
    breaks: ['linearizable'],
    weather: staleLeaders,
  },
  {
    name: 'joins-the-round-under-way',
    what: 'a read is answered by a round that began before it',
    product: withCore(JoinsTheRoundUnderWay),
    breaks: ['linearizable'],
    weather: staleLeaders,
  },
  {
    name: 'leases-for-ever',
    what: 'a lease that a leader once had never ends',
    product: withCore(LeasesForEver),
    breaks: ['linearizable'],
    weather: { ...staleLeaders, leaseReads: true },
  },
  {
    name: 'trusts-old-news',
    what: 'a follower takes what it hears for new, however long it was on its way',
    product: withCore(TrustsOldNews),
    breaks: ['boundedStaleness'],
    weather: sleepyFollowers,
  },
];

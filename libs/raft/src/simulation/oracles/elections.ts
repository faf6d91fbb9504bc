import type { NodeId, Term } from '../../core/entry.js';
import type { Message } from '../../core/message.js';
import type { Journal } from '../journal.js';
import { rules } from './rules.js';
import type { Step, Subject } from './subject.js';

/** Terms, votes and leaders (paper §5.1, §5.2). */
export class Elections {
  private readonly leaders = new Map<Term, Subject>();
  /** What each volume has voted in each term, as others were told. */
  private readonly votes = new Map<string, NodeId>();
  /** The highest term in which a volume has promised anything to others. */
  private readonly promisedTerms = new Map<string, Term>();

  constructor(private readonly journal: Journal) {}

  started({ id, core, volume }: Subject): void {
    const promised = this.promisedTerms.get(volume.incarnation) ?? 0;
    if (core.term >= promised) return;
    this.journal.violate(
      rules.termsRise,
      `${id} starts in term ${core.term} after it has promised something in term ${promised}`,
    );
  }

  stepped({ subject, before }: Step): void {
    const { id, core } = subject;
    if (core.term < before.term) {
      this.journal.violate(rules.termsRise, `${id} went from ${before.term} to ${core.term}`);
    }
    if (core.role !== 'leader') return;
    const leader = this.leaders.get(core.term);
    if (leader === undefined) {
      this.leaders.set(core.term, subject);
      this.journal.counts.electionsWon++;
      this.voted(subject, core.term, id);
    } else if (leader !== subject) {
      const other = leader.id === id ? 'an earlier life of it' : leader.id;
      this.journal.violate(
        rules.electionSafety,
        `${id} leads term ${core.term}, and so does ${other}`,
      );
    }
  }

  sent(subject: Subject, to: NodeId, message: Message): void {
    if (message.type === 'vote-request' && !message.preVote) {
      this.voted(subject, message.term, subject.id);
    } else if (message.type === 'vote-response' && !message.preVote && message.refusal === null) {
      this.voted(subject, message.term, to);
    } else if (message.type === 'append-response' && message.match !== null) {
      this.promised(subject, message.term);
    }
  }

  private voted(subject: Subject, term: Term, candidate: NodeId): void {
    const { incarnation, image } = subject.volume;
    const key = `${incarnation} ${term}`;
    const earlier = this.votes.get(key) ?? candidate;
    this.votes.set(key, candidate);
    if (earlier !== candidate) {
      const detail = `${incarnation} votes for ${earlier} and ${candidate} in term ${term}`;
      this.journal.violate(rules.oneVote, detail);
    }
    const { hardState } = image;
    const isOnDisk = hardState.term > term || hardState.votedFor === candidate;
    if (!isOnDisk) {
      const detail = `${incarnation} tells its vote for ${candidate} in term ${term}; its disk knows term ${hardState.term}, vote ${hardState.votedFor}`;
      this.journal.violate(rules.durableFirst, detail);
    }
    this.promised(subject, term);
  }

  private promised({ volume: { incarnation, image } }: Subject, term: Term): void {
    this.promisedTerms.set(incarnation, Math.max(term, this.promisedTerms.get(incarnation) ?? 0));
    if (image.hardState.term >= term) return;
    const detail = `${incarnation} promises something in term ${term}; its disk knows term ${image.hardState.term}`;
    this.journal.violate(rules.durableFirst, detail);
  }
}

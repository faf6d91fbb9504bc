import type { Configuration, Member } from './configuration.js';
import type { NodeId } from './entry.js';

/** Who a node is: its name, and the data directory that stands behind it. */
export class Identity {
  constructor(
    readonly id: NodeId,
    readonly incarnation: string,
  ) {}

  /**
   * Whether a member is this node. An emptied node that replays the log meets its former self there:
   * that one's vote is not its own.
   */
  isSelf({ id, incarnation }: Member): boolean {
    return id === this.id && incarnation === this.incarnation;
  }

  /** This node lives, so whoever else bears its id is a double. */
  isOtherSelf({ id, incarnation }: Pick<Member, 'id' | 'incarnation'>): boolean {
    return id === this.id && incarnation !== this.incarnation;
  }

  /** Whether this node votes in a configuration: while joint, in one half at least. */
  votesIn({ members, outgoing }: Configuration): boolean {
    const isOwnVote = (member: Member) => member.role === 'voter' && this.isSelf(member);
    return members.some(isOwnVote) || outgoing?.some(isOwnVote) === true;
  }
}

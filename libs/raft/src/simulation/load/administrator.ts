import { findMember, type Member, type MembershipChange } from '../../core/configuration.js';
import type { NodeId } from '../../core/entry.js';
import { isQuorum } from '../../core/quorum.js';
import type { Random, Span } from '../time/random.js';
import type { Cluster } from '../world/cluster.js';
import type { SimNode } from '../world/sim-node.js';
import type { Caller } from './caller.js';

/** People take their time: an emptied node may be back for a while before it is added again. */
const betweenLooksMs: Span = [50, 1500];
const timeoutMs = 2000;
const togetherChance = 0.5;
const expectingChance = 0.3;

/**
 * Who bootstraps the cluster and then keeps its membership as it should be: every node a voter, but
 * for those that are to be away or to be learners for a while. An emptied node is added again.
 */
export class Administrator {
  private readonly away = new Set<NodeId>();
  private readonly learning = new Set<NodeId>();
  private busy = false;
  private quietSince = 0;

  constructor(
    private readonly cluster: Cluster,
    private readonly caller: Caller,
    private readonly random: Random,
  ) {}

  start(): void {
    this.cluster.world.timeline.after(this.random.early(betweenLooksMs), () => {
      if (!this.busy) this.look();
      this.start();
    });
  }

  /** Takes a node out of the cluster, or its vote, until it is given back. */
  takeAway(id: NodeId, what: 'membership' | 'vote'): () => void {
    const absent = what === 'membership' ? this.away : this.learning;
    absent.add(id);
    return () => absent.delete(id);
  }

  /** Whether every node is an intact voter of the committed configuration, which is not joint. */
  get isContent(): boolean {
    if (this.cluster.committed.outgoing !== null) return false;
    return this.cluster.nodes.every(({ id }) => {
      const member = findMember(this.cluster.committed, id);
      return member?.role === 'voter' && this.cluster.isIntact(member);
    });
  }

  /**
   * Whether the cluster can still elect a leader when this node is emptied: in every configuration
   * that may count, an intact majority must be left. Only then may a disk be lost at all.
   */
  canLose(victim: SimNode): boolean {
    const { timeline } = this.cluster.world;
    if (this.busy || timeline.now - this.quietSince < timeoutMs) return false;
    const isLeft = (member: Member) => member.id !== victim.id && this.cluster.isIntact(member);
    return this.cluster.configurations().every((configuration) => isQuorum(configuration, isLeft));
  }

  private look(): void {
    const { committed } = this.cluster;
    if (committed.members.length === 0) {
      this.bootstrap();
      return;
    }
    const changes = this.wantedChanges();
    if (changes.length === 0) return;
    const expectedIndex = this.random.chance(expectingChance) ? committed.index : null;
    const members = this.cluster.running().filter(({ id }) => findMember(committed, id));
    if (members.length === 0) return;
    const process = this.random.pick(members);
    this.busy = true;
    this.patiently((ended) => {
      const change = { changes, expectedIndex };
      const order = { type: 'change-membership', change, forward: true } as const;
      this.caller.order(process, { timeoutMs, forward: true }, order, ended);
    });
  }

  /** The founder begins again when it crashed before its first entry was durable. */
  private bootstrap(): void {
    const founder = this.cluster.nodes[0]?.process;
    if (founder === undefined || founder === null || founder.core.lastIndex > 0) return;
    this.busy = true;
    this.patiently((ended) =>
      founder.found(() => {
        const member: Member = {
          ...described(founder.id, founder.incarnation),
          role: 'voter',
          promote: false,
        };
        const order = { type: 'bootstrap', member } as const;
        this.caller.order(founder, { timeoutMs, forward: true }, order, ended);
      }),
    );
  }

  /**
   * One change, or as many as there are, made together. Emptied nodes first: until they are members
   * again, nothing else may change.
   */
  private wantedChanges(): readonly MembershipChange[] {
    const { nodes, committed } = this.cluster;
    const changes = this.random.shuffled(nodes).flatMap((node) => this.wantedFor(node) ?? []);
    const lost = committed.members.find((member) => !this.cluster.isIntact(member));
    const possible =
      lost === undefined
        ? changes
        : changes.filter((change) => change.type === 'add' && change.member.id === lost.id);
    return this.random.chance(togetherChance) ? possible : possible.slice(0, 1);
  }

  private wantedFor({ id, volume }: SimNode): MembershipChange | undefined {
    if (volume === null) return undefined;
    const { incarnation } = volume;
    const member = findMember(this.cluster.committed, id);
    if (member?.incarnation !== incarnation) {
      if (member === undefined && this.away.has(id)) return undefined;
      return { type: 'add', member: { ...described(id, incarnation), promote: true } };
    }
    if (this.away.has(id)) return { type: 'remove', id };
    if (this.learning.has(id)) return member.role === 'voter' ? { type: 'demote', id } : undefined;
    return member.role === 'learner' && !member.promote ? { type: 'promote', id } : undefined;
  }

  /** Waits for the end of a call, but no longer than it may take: its process may die. */
  private patiently(call: (ended: () => void) => void): void {
    const { timeline } = this.cluster.world;
    let isOver = false;
    const over = () => {
      if (isOver) return;
      isOver = true;
      this.busy = false;
      this.quietSince = timeline.now;
    };
    timeline.after(timeoutMs + 200, over);
    call(over);
  }
}

function described(id: NodeId, incarnation: string) {
  return { id, incarnation, address: `${id}:9000`, attributes: {} };
}

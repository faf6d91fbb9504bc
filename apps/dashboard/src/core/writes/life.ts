import type { History } from '../history/history.js';
import type { NodeHistory } from '../history/node-history.js';

/** Where a write stands in the log. */
export interface Place {
  readonly index: number;
  readonly term: number;
}

/** A write that this page asked for, and follows. */
export interface FollowedWrite {
  /** It was named so in the request: the trace tells under this name where it is placed. */
  readonly trace: string;
  /** Page time. */
  readonly askedAt: number;
  /** What the node answered, once it did: a write is answered when it is committed and applied. */
  readonly answered: (Place & { readonly at: number }) | null;
}

/** How far a write has come, as far as anybody has said so; times are page time. */
export interface WriteLife {
  /** In the leader's log. */
  readonly accepted: (Place & { readonly at: number }) | null;
  /** Held by a quorum: it will never be lost. */
  readonly committedAt: number | null;
  /** Nodes that have it in their state, in the order in which they had. */
  readonly applied: readonly { readonly node: string; readonly at: number }[];
}

/** What happened later than this after the asking is not looked for, ms. */
const followedMs = 60_000;
/** Clocks of other machines may be behind by this much, ms. */
const slackMs = 10_000;

/** @param members who is to apply it */
export function lifeOf(
  history: History,
  write: FollowedWrite,
  members: readonly string[],
  until: number,
): WriteLife {
  const span = { from: write.askedAt - slackMs, to: Math.min(until, write.askedAt + followedMs) };
  const answered = write.answered && write.answered.at <= until ? write.answered : null;
  const accepted = placedIn(history, write.trace, span) ?? answered;
  if (!accepted) return { accepted: null, committedAt: null, applied: [] };
  if (!answered && !isCommitted(history, accepted, span)) {
    return { accepted, committedAt: null, applied: [] };
  }
  const reached = (what: 'commit' | 'applied') =>
    members
      .flatMap((node) => {
        const known = history.nodes.get(node);
        const at = known ? firstReaching(known, what, accepted.index, span) : null;
        return at === null ? [] : [{ node, at: Math.max(at, accepted.at) }];
      })
      .sort((one, other) => one.at - other.at);
  const committedAt = reached('commit')[0]?.at ?? answered?.at ?? accepted.at;
  return { accepted, committedAt, applied: reached('applied') };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function placedIn(history: History, trace: string, { from, to }: Span): WriteLife['accepted'] {
  for (const node of history.nodes.values()) {
    for (const { t, record } of node.trace.between(from, to)) {
      if (record.kind === 'placed' && record.trace === trace) {
        return { index: record.index, term: record.term, at: t };
      }
    }
  }
  return null;
}

/** A later leader may replace what stands at an index: the leader of its own term never does. */
function isCommitted(history: History, { index, term }: Place, { from, to }: Span): boolean {
  return [...history.nodes.values()].some((node) =>
    node.frames
      .between(from, to)
      .some(
        ({ frame: { status } }) =>
          status.role === 'leader' && status.term === term && status.commitIndex >= index,
      ),
  );
}

/** When a node was first known to have come so far: by the marks of its trace, or by its frames. */
function firstReaching(
  node: NodeHistory,
  what: 'commit' | 'applied',
  index: number,
  { from, to }: Span,
): number | null {
  const mark = node.trace
    .between(from, to)
    .find(({ record }) => record.kind === 'mark' && record[what] >= index);
  const frame = node.frames
    .between(from, to)
    .find(
      ({ frame: { status } }) =>
        status[what === 'commit' ? 'commitIndex' : 'appliedIndex'] >= index,
    );
  const times = [mark?.t, frame?.t].filter((t) => t !== undefined);
  return times.length === 0 ? null : Math.min(...times);
}

/** A node's name. It is the node's identity: addresses may change, the id may not. */
export type NodeId = string;

/** A term: raft's logical clock (paper §5.1). Starts at 0, before any election. */
export type Term = number;

/** A position in the log. The first entry has index 1; 0 stands for "before the log". */
export type LogIndex = number;

/**
 * What callers have appended: a command for the state machine, or something for the sessions before
 * it, which may hold a command too (thesis §6.3). Both are opaque to the core.
 */
export type CommandType = 'command' | 'session';

/** A caller's command on its way to the log. */
export interface NewCommand {
  readonly type: CommandType;
  readonly data: Uint8Array;
}

/**
 * What an entry carries: a caller's command, a cluster configuration (thesis §4.1), or nothing (the
 * entry that every leader appends first, thesis §6.4).
 */
export type EntryType = CommandType | 'configuration' | 'noop';

/** One entry of the replicated log (paper figure 2). Never changed once made. */
export interface Entry {
  readonly index: LogIndex;
  readonly term: Term;
  readonly type: EntryType;
  readonly data: Uint8Array;
}

/** What an entry takes in a message or in memory, about: its data, and what goes with each. */
export function entrySize(entry: Entry): number {
  return entry.data.length + 32;
}

export function entriesSize(entries: readonly Entry[]): number {
  let bytes = 0;
  for (const entry of entries) bytes += entrySize(entry);
  return bytes;
}

/** The state that must be durable before a node answers for it: one record, one write (paper figure 2). */
export interface HardState {
  readonly term: Term;
  readonly votedFor: NodeId | null;
}

import type { Effects } from '../../core/effects.js';
import type { LogIndex, NodeId, Term } from '../../core/entry.js';
import type { Role } from '../../core/event.js';
import type { Input } from '../../core/input.js';
import type { RaftCore } from '../../core/raft-core.js';
import type { Volume } from '../world/volume.js';

/** One life of a node, as the oracles see it. */
export interface Subject {
  readonly id: NodeId;
  readonly core: RaftCore;
  readonly volume: Volume;
}

/** What a core said of itself at one moment. */
export interface Instant {
  readonly role: Role;
  readonly term: Term;
  readonly commitIndex: LogIndex;
  readonly lastIndex: LogIndex;
}

/** One step of one core, before its effects are carried out. */
export interface Step {
  readonly subject: Subject;
  readonly before: Instant;
  readonly input: Input;
  readonly effects: Effects;
}

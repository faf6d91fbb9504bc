import type { Entry } from '../../core/entry.js';
import type { Command, Restoration, StateMachine } from '../state-machine.js';
import type { SnapshotMachine } from '../snapshots/store-io.js';
import type { Applied } from './applied.js';
import { jsonResults, type ResultCodec } from './kept-result.js';
import type { SessionEvent } from './session-event.js';
import { encodeImage, ImageReader } from './session-image.js';
import { type SessionRules } from './session-rules.js';
import { SessionTable } from './session-table.js';

export interface ReplicaOptions<Result> {
  readonly stateMachine: Pick<StateMachine<Result>, 'apply'>;
  readonly results?: ResultCodec<Result> | undefined;
  readonly rules?: SessionRules;
  tell(event: SessionEvent): void;
}

/**
 * What a node replicates: the caller's state machine, and before it the sessions that let each
 * command through once. The one place where entries are applied.
 */
export class Replica<Result> {
  readonly sessions: SessionTable<Result>;
  private readonly machine: Pick<StateMachine<Result>, 'apply'>;
  private readonly results: ResultCodec<Result>;

  constructor(options: ReplicaOptions<Result>) {
    const { stateMachine, results, rules } = options;
    this.machine = stateMachine;
    this.results = results ?? jsonResults();
    const apply = (command: Command) => stateMachine.apply(command);
    this.sessions = new SessionTable({ apply, tell: (event) => options.tell(event) }, rules);
  }

  /** What it throws comes from the state machine, and stops the node. */
  apply(entry: Entry): Applied<Result> {
    const { index, term } = entry;
    switch (entry.type) {
      case 'command':
        return { index, term, result: this.machine.apply(entry) };
      case 'session':
        return this.sessions.apply(entry);
      case 'configuration':
      case 'noop':
        return { index, term, result: undefined };
    }
  }

  /** The state machine's snapshots, with the sessions in front. */
  snapshots(machine: SnapshotMachine): SnapshotMachine {
    return {
      snapshot: () => chained(encodeImage(this.sessions.image(), this.results), machine.snapshot()),
      restore: () => this.restoration(machine.restore()),
    };
  }

  private restoration(state: Restoration): Restoration {
    const image = new ImageReader<Result>(this.results);
    return {
      write: (chunk) => (image.wantsMore ? image : state).write(chunk),
      finish: () => {
        const sessions = image.finish();
        state.finish();
        this.sessions.replaceBy(sessions);
      },
    };
  }
}

/** One behind the other. The state's iterator is let go of even when its turn never came. */
function* chained(
  sessions: Iterable<Uint8Array>,
  state: Iterable<Uint8Array>,
): Generator<Uint8Array> {
  const chunks = state[Symbol.iterator]();
  try {
    yield* sessions;
    yield* { [Symbol.iterator]: () => chunks };
  } finally {
    chunks.return?.();
  }
}

import type { Entry } from '../../../core/entry.js';
import type { SnapshotMachine } from '../../snapshots/store-io.js';
import type { Applied } from '../applied.js';
import { Replica } from '../replica.js';
import { encodeSessionEntry, type SessionEntry } from '../session-entry.js';
import type { SessionEvent } from '../session-event.js';
import type { SessionRules } from '../session-rules.js';

/** A list of words, whose results say which was added, and as which. */
export class WordList {
  words: string[] = [];

  apply({ data }: { readonly data: Uint8Array }): string {
    const word = Buffer.from(data).toString();
    return `${word} is ${this.words.push(word)}`;
  }

  snapshot(): Iterable<Uint8Array> {
    return this.words.map((word) => Buffer.from(word));
  }

  restore() {
    const words: string[] = [];
    return {
      write: (chunk: Uint8Array) => void words.push(Buffer.from(chunk).toString()),
      finish: () => {
        this.words = words;
      },
    };
  }
}

/** What one node replicates, fed entry by entry. */
export class TestReplica {
  readonly list = new WordList();
  readonly events: SessionEvent[] = [];
  readonly replica: Replica<string>;

  constructor(
    rules?: SessionRules,
    private index = 0,
  ) {
    this.replica = new Replica<string>({
      stateMachine: this.list,
      ...(rules !== undefined && { rules }),
      tell: (event) => this.events.push(event),
    });
  }

  /** Its snapshots, the sessions in front. */
  get machine(): SnapshotMachine {
    return this.replica.snapshots(this.list);
  }

  get lastIndex(): number {
    return this.index;
  }

  /** Applies the next entry of the log. */
  take(content: SessionEntry | Buffer): Applied<string> {
    const data = Buffer.isBuffer(content) ? content : encodeSessionEntry(content);
    const entry: Entry = { index: ++this.index, term: 1, type: 'session', data };
    return this.replica.apply(entry);
  }

  /** Opens a session and returns its id. */
  register(ttlMs = 60_000): number {
    this.take({ type: 'register', ttlMs });
    return this.index;
  }

  command(session: number, sequence: number, text: string, acknowledgedBelow = 1): Applied<string> {
    const data = Buffer.from(text);
    return this.take({ type: 'command', session, sequence, acknowledgedBelow, data });
  }

  keyed(key: string, text: string): Applied<string> {
    return this.take({ type: 'keyed', key, data: Buffer.from(text) });
  }

  elapse(elapsedMs: number): void {
    this.take({ type: 'time', elapsedMs });
  }

  snapshot(): readonly Buffer[] {
    return Array.from(this.machine.snapshot(), (chunk) => Buffer.from(chunk));
  }

  /** Another node that goes on from here by a snapshot. */
  copy(rules?: SessionRules): TestReplica {
    const copy = new TestReplica(rules, this.index);
    const restoration = copy.machine.restore();
    for (const chunk of this.snapshot()) restoration.write(chunk);
    restoration.finish();
    return copy;
  }
}

import { version } from '../../package.json';
import type { RecordingHeader } from '../core/recording/header.js';
import type { Span } from '../core/recording/kept-record.js';
import { openingSpan } from '../core/recording/opening.js';
import { readRecording } from '../core/recording/read-recording.js';
import { type RecordingFault, RecordingProblem } from '../core/recording/recording-problem.js';
import { writeRecording } from '../core/recording/write-recording.js';
import type { Cluster } from './cluster.svelte.js';
import type { TimeRange } from './time-range.svelte.js';

/** Why the last file was not opened or written; `failed` is the browser's own word. */
export type RecordingTrouble =
  RecordingFault | { readonly kind: 'failed'; readonly message: string };

/** Opens recordings from files, and writes what this page knows into one. */
export class Recordings {
  #busy = $state<'opening' | 'writing' | null>(null);
  #trouble = $state.raw<RecordingTrouble | null>(null);
  #skipped = $state(0);

  constructor(
    readonly cluster: Cluster,
    readonly range: TimeRange,
  ) {}

  get open(): RecordingHeader | null {
    return this.cluster.recording;
  }

  /** Records of the open one that this version does not know. */
  get skipped(): number {
    return this.#skipped;
  }

  get busy(): 'opening' | 'writing' | null {
    return this.#busy;
  }

  get trouble(): RecordingTrouble | null {
    return this.#trouble;
  }

  /** Shows the recording in a file; when it cannot be read, what is shown stays. */
  async read(file: Blob): Promise<void> {
    await this.#during('opening', async () => {
      const recording = await readRecording(file);
      this.#skipped = recording.skipped;
      this.cluster.open(recording);
      this.range.fix(openingSpan(recording.history, recording.header));
    });
  }

  /** What is known of a part of time, as a file; null when it cannot be written. */
  async write(span: Span, redacted: boolean): Promise<Blob | null> {
    const options = { span, redacted, product: version, madeAt: Date.now() };
    let file: Blob | null = null;
    await this.#during('writing', async () => {
      file = await new Response(writeRecording(this.cluster.history, options)).blob();
    });
    return file;
  }

  close(): void {
    this.cluster.close();
    this.range.follow();
  }

  readonly dismiss = (): void => {
    this.#trouble = null;
  };

  async #during(busy: 'opening' | 'writing', work: () => Promise<void>): Promise<void> {
    if (this.#busy) return;
    this.#busy = busy;
    this.#trouble = null;
    try {
      await work();
    } catch (error) {
      this.#trouble =
        error instanceof RecordingProblem
          ? error.fault
          : { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
    } finally {
      this.#busy = null;
    }
  }
}

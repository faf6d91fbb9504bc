import type {
  ClientToNode,
  EventBatch,
  MetricsSample,
  NodeToClient,
  Resume,
} from '@quorate/contract';
import type { Socket } from 'socket.io';
import type { TraceReader } from '../trace/trace-reader.js';

export type NodeSocket = Socket<ClientToNode, NodeToClient>;

/** Where a viewer gets its events from. */
export interface EventSource {
  readonly run: string;
  readonly lastSeq: number;
  after(seq: number, limit: number): EventBatch;
}

/** Events of one message, or records of the trace. */
const BATCH_SIZE = 500;

/** One page that watches this node, and how far it has read. Nothing is queued for it. */
export class Viewer {
  #seq: number;
  #trace: TraceReader | null = null;

  constructor(
    private readonly socket: NodeSocket,
    private readonly source: EventSource,
    { run, seq }: Resume,
  ) {
    this.#seq = run === source.run ? Math.max(0, seq) : 0;
  }

  /** Whether everything sent so far has left: whoever reads slowly misses turns, and no memory grows. */
  get isIdle(): boolean {
    const { transport, writeBuffer } = this.socket.conn as unknown as EngineSocket;
    return transport.writable && writeBuffer.length === 0;
  }

  sendEvents(): void {
    if (this.#seq === this.source.lastSeq) return;
    const batch = this.source.after(this.#seq, BATCH_SIZE);
    this.#seq = batch.events.at(-1)?.seq ?? this.source.lastSeq;
    this.socket.emit('events', batch);
  }

  /** From now on it gets the trace too, or no more. */
  follow(trace: TraceReader | null): void {
    this.#trace?.close();
    this.#trace = trace;
  }

  sendTrace(): void {
    const batch = this.#trace?.next(BATCH_SIZE) ?? null;
    if (batch !== null) this.socket.emit('trace', batch);
  }

  sendMetrics(sample: MetricsSample): void {
    this.socket.emit('metrics', sample);
  }
}

/** What is public of an engine.io socket, though its types hide it. */
interface EngineSocket {
  readonly transport: { readonly writable: boolean };
  readonly writeBuffer: readonly unknown[];
}

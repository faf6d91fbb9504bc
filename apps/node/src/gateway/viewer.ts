import type {
  ClientToNode,
  EventBatch,
  MetricsSample,
  NodeToClient,
  Resume,
} from '@quorate/contract';
import type { Socket } from 'socket.io';
import type { TraceReader } from '../trace/trace-reader.js';
import type { KeySubscription } from './key-subscription.js';

export type NodeSocket = Socket<ClientToNode, NodeToClient>;

/** Where a viewer gets its events from. */
export interface EventSource {
  readonly run: string;
  readonly lastSeq: number;
  after(seq: number, limit: number): EventBatch;
}

/** What a turn has for everybody. */
export interface Turn {
  /** Milliseconds, monotonic. */
  readonly now: number;
  readonly appliedIndex: number;
  /** null while none is due. */
  readonly metrics: MetricsSample | null;
}

/** Events of one message, or records of the trace. */
const BATCH_SIZE = 500;

/** One page that watches this node, what it asks for, and how far it has read. Nothing is queued for it. */
export class Viewer {
  #seq: number;
  #trace: TraceReader | null = null;
  #keys: KeySubscription | null = null;

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

  /** From now on it gets the trace too; null: no more. */
  follow(trace: TraceReader | null): void {
    this.#trace?.close();
    this.#trace = trace;
  }

  /** From now on it is told of these keys; null: of none. */
  subscribe(keys: KeySubscription | null): void {
    this.#keys?.end();
    this.#keys = keys;
  }

  /** Nothing is kept for it any more. */
  leave(): void {
    this.follow(null);
    this.subscribe(null);
  }

  send({ now, appliedIndex, metrics }: Turn): void {
    this.sendEvents();
    const batch = this.#trace?.next(BATCH_SIZE) ?? null;
    if (batch !== null) this.socket.emit('trace', batch);
    const changed = this.#keys?.next(now, appliedIndex) ?? null;
    if (changed !== null) this.socket.emit('keys', changed);
    if (metrics !== null) this.socket.emit('metrics', metrics);
  }

  private sendEvents(): void {
    if (this.#seq === this.source.lastSeq) return;
    const batch = this.source.after(this.#seq, BATCH_SIZE);
    this.#seq = batch.events.at(-1)?.seq ?? this.source.lastSeq;
    this.socket.emit('events', batch);
  }
}

/** What is public of an engine.io socket, though its types hide it. */
interface EngineSocket {
  readonly transport: { readonly writable: boolean };
  readonly writeBuffer: readonly unknown[];
}

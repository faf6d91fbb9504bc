import {
  EventBatch,
  KeysChanged,
  MetricsSample,
  type NodeToClient,
  type Resume,
  StatusFrame,
  TraceBatch,
} from '@quorate/contract';
import { openStream, type OnLink } from './stream.js';

/** As much of a schema of the contract as is needed to read a message. */
interface Schema<T> {
  safeParse(message: unknown): { success: true; data: T } | { success: false };
}

export interface NodeListener {
  onLink: OnLink;
  onFrame: (frame: StatusFrame) => void;
  onEvents: (batch: EventBatch) => void;
  onMetrics: (sample: MetricsSample) => void;
  onTrace: (batch: TraceBatch) => void;
  onKeys: (changed: KeysChanged) => void;
  /** Something came that is not what the contract says. */
  onGarbage: (problem: string) => void;
  /** What is known already, asked at every connection. */
  cursor: () => Resume;
  /** Which changes of keys are wanted, by prefix, asked at every connection; null for none. */
  keys: () => string | null;
}

export interface NodeStream {
  /** Asks the listener anew which keys it wants. */
  readonly renewKeys: () => void;
  readonly close: () => void;
}

/** Listens to one node, through all its deaths and returns, until it is closed. */
export function listenToNode(url: string, listener: NodeListener): NodeStream {
  const { socket, close } = openStream(url, '/health/live', (link, problem) => {
    // The node streams only to who has said what it knows.
    if (link === 'open') {
      socket.emit('resume', listener.cursor());
      socket.emit('trace', true);
      if (listener.keys() !== null) socket.emit('keys', listener.keys());
    }
    listener.onLink(link, problem);
  });
  function hear<T>(name: keyof NodeToClient, schema: Schema<T>, take: (message: T) => void): void {
    socket.on(name, (message: unknown) => {
      const read = schema.safeParse(message);
      if (read.success) take(read.data);
      else listener.onGarbage(`it speaks another version of the protocol: ${name} unreadable`);
    });
  }
  hear('status', StatusFrame, listener.onFrame);
  hear('events', EventBatch, listener.onEvents);
  hear('metrics', MetricsSample, listener.onMetrics);
  hear('trace', TraceBatch, listener.onTrace);
  hear('keys', KeysChanged, listener.onKeys);
  return {
    renewKeys: () => {
      if (socket.connected) socket.emit('keys', listener.keys());
    },
    close,
  };
}

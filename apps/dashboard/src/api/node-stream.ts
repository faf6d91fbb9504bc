import { EventBatch, StatusFrame, type NodeToClient, type Resume } from '@quorate/contract';
import { openStream, type OnLink } from './stream.js';

export interface NodeListener {
  onLink: OnLink;
  onFrame: (frame: StatusFrame) => void;
  onEvents: (batch: EventBatch) => void;
  /** Something came that is not what the contract says. */
  onGarbage: (problem: string) => void;
  /** What is known already, asked at every connection. */
  cursor: () => Resume;
}

/** Listens to one node, through all its deaths and returns, until the answer is called. */
export function listenToNode(url: string, listener: NodeListener): () => void {
  const { socket, close } = openStream(url, '/health/live', (link, problem) => {
    // The node streams only to who has said what it knows.
    if (link === 'open') socket.emit('resume', listener.cursor());
    listener.onLink(link, problem);
  });
  const handlers: { [Name in keyof NodeToClient]: (message: unknown) => void } = {
    status: (message) => {
      const frame = StatusFrame.safeParse(message);
      if (frame.success) listener.onFrame(frame.data);
      else listener.onGarbage('it speaks another version of the protocol: status unreadable');
    },
    events: (message) => {
      const batch = EventBatch.safeParse(message);
      if (batch.success) listener.onEvents(batch.data);
      else listener.onGarbage('it speaks another version of the protocol: events unreadable');
    },
  };
  socket.on('status', handlers.status);
  socket.on('events', handlers.events);
  return close;
}

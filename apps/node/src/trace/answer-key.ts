import type { Message } from '@quorate/raft';

/** What a request and its answer have in common; null for what has no answer of its own. */
export function answerKey(message: Message): string | null {
  switch (message.type) {
    case 'heartbeat':
    case 'heartbeat-response':
      return `heartbeat ${message.readPosition} ${message.sentAt}`;
    case 'append-request':
      return `append ${message.session} ${message.prevIndex + message.entries.length}`;
    case 'append-response':
      return `append ${message.session} ${message.match ?? 'refused'}`;
    case 'propose-request':
    case 'propose-response':
      return `propose ${message.id}`;
    case 'read-request':
    case 'read-response':
      return `read ${message.id}`;
    default:
      return null;
  }
}

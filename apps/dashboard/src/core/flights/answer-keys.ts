import type { TracedMessage } from '@quorate/contract';

/** What a request can be recognised by in its answer; of several such requests the latest is meant. */
export function requestKeys(message: TracedMessage): string[] {
  const told = words(message);
  switch (message.type) {
    case 'vote-request':
      return [`vote ${told('preVote')}`];
    case 'heartbeat':
      return [`heartbeat ${told('readPosition')} ${told('sentAt')}`];
    case 'append-request': {
      const last = message.entries ? String(message.entries.to) : told('prevIndex');
      const stream = told('session');
      return [`append ${stream} ${last}`, `append ${stream} behind ${told('prevIndex')}`];
    }
    case 'snapshot-request':
      return [`snapshot ${told('session')}`];
    case 'propose-request':
    case 'read-request':
    case 'membership-request':
      return [`${message.type} ${told('id')}`];
    default:
      return [];
  }
}

/** Which request an answer is to, in the words of `requestKeys`; null for what is no answer. */
export function answeredKey(message: TracedMessage): string | null {
  const told = words(message);
  switch (message.type) {
    case 'vote-response':
      return `vote ${told('preVote')}`;
    case 'heartbeat-response':
      return `heartbeat ${told('readPosition')} ${told('sentAt')}`;
    case 'append-response':
      // A refusal names where the request would have gone on, a success how far it went.
      return message.match === null
        ? `append ${told('session')} behind ${told('rejectedIndex')}`
        : `append ${told('session')} ${told('match')}`;
    case 'snapshot-response':
      return `snapshot ${told('session')}`;
    case 'propose-response':
    case 'read-response':
    case 'membership-response':
      return `${message.type.replace('response', 'request')} ${told('id')}`;
    default:
      return null;
  }
}

const words = (message: TracedMessage) => (field: string) => String(message[field]);

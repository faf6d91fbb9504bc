import type { TracedMessage } from '@quorate/contract';

/** What messages are about: a request and its answer are of one kind. */
export const messageKinds = [
  'pre-vote',
  'vote',
  'append',
  'heartbeat',
  'snapshot',
  'timeout-now',
  'propose',
  'read',
  'membership',
] as const;
export type MessageKind = (typeof messageKinds)[number];

/** null for a message of a later version, of which nothing is known but its name. */
export function kindOf(message: TracedMessage): MessageKind | null {
  if (message.type.startsWith('vote-') && message.preVote === true) return 'pre-vote';
  return kindOfType(message.type);
}

/** As `kindOf`, where only the type is told: pre-votes count as votes. */
export function kindOfType(type: string): MessageKind | null {
  const stem = type.replace(/-(request|response)$/, '');
  return messageKinds.find((kind) => kind === stem) ?? null;
}

export function isReply({ type }: TracedMessage): boolean {
  return type.endsWith('-response');
}

/** Whether a reply says yes; null for a request. */
export function isPositive(message: TracedMessage): boolean | null {
  if (!isReply(message)) return null;
  if (message.type === 'append-response') return message.match !== null;
  return (message.refusal ?? null) === null;
}

import type { NodeId } from '../core/entry.js';
import type { Message } from '../core/message.js';
import type { SendResult } from './framed-socket.js';
import type { LostMessage } from './transport.js';

const reasons: Readonly<Record<Exclude<SendResult, 'sent'>, string>> = {
  closed: 'not connected',
  dropped: 'too much waits on the connection, or the peer does not know such a message',
};

/** A message that did not leave. */
export function notSent(
  peer: NodeId,
  message: Message,
  traceId: number | undefined,
  result: keyof typeof reasons,
): LostMessage {
  return { peer, direction: 'out', message, traceId, reason: reasons[result] };
}

import { spokenSince } from '../codec/message.js';
import type { Message } from '../core/message.js';
import { PROTOCOLS } from './protocol.js';

/** Whether a peer with which this protocol was agreed can read the message. */
export function isSpoken(message: Message, protocol: number): boolean {
  return protocol >= PROTOCOLS.newest || protocol >= spokenSince(message);
}

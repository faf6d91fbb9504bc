import { spokenSince } from '../codec/message.js';
import type { Message } from '../core/message.js';
import { PROTOCOLS } from './protocol.js';

const TRACE_IDS_SINCE = 3;

/** Whether a peer with which this protocol was agreed can read the message. */
export function isSpoken(message: Message, protocol: number): boolean {
  return protocol >= PROTOCOLS.newest || protocol >= spokenSince(message);
}

/** The trace id that may go to such a peer. */
export function spokenTraceId(traceId: number | undefined, protocol: number): number | undefined {
  return protocol >= TRACE_IDS_SINCE ? traceId : undefined;
}

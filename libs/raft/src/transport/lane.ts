import type { MessageType } from '../core/message.js';

/**
 * Two connections lead to a peer. What keeps leadership and proves it travels on `control`; what
 * carries data, and what waits for data, on `bulk`: no heartbeat ever waits behind entries. Order is
 * kept within a lane and not across. An answer takes the lane of its request.
 */
export type Lane = 'control' | 'bulk';

const lanes: Readonly<Record<MessageType, Lane>> = {
  'vote-request': 'control',
  'vote-response': 'control',
  'append-request': 'bulk',
  'append-response': 'bulk',
  heartbeat: 'control',
  'heartbeat-response': 'control',
  'timeout-now': 'control',
  'propose-request': 'bulk',
  'propose-response': 'bulk',
  'read-request': 'control',
  'read-response': 'control',
  'membership-request': 'bulk',
  'membership-response': 'bulk',
  'snapshot-request': 'bulk',
  'snapshot-response': 'bulk',
};

/** The lane of a message to a peer with which this protocol was agreed. */
export function laneOf(type: MessageType, protocol: number): Lane {
  return hasLanes(protocol) ? lanes[type] : 'control';
}

/** A node of protocol 1 takes one connection, for everything. */
export function hasLanes(protocol: number): boolean {
  return protocol >= 2;
}

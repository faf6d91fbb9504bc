import type { MessageKind } from '../../core/flights/message-kind.js';

/** The shape of each kind of message around the origin, as an SVG path: on the canvas and in the legend. */
export const messageShapes: Record<MessageKind | 'unknown', string> = {
  'pre-vote': 'M0-5.5 5.5 0 0 5.5-5.5 0ZM0-2.5-2.5 0 0 2.5 2.5 0Z',
  vote: 'M0-5.5 5.5 0 0 5.5-5.5 0Z',
  append: 'M-6-2.5H6V2.5H-6Z',
  heartbeat: 'M2.6 0A2.6 2.6 0 1 1-2.6 0 2.6 2.6 0 1 1 2.6 0Z',
  snapshot: 'M-5-5H5V5H-5ZM-2-2V2H2V-2Z',
  'timeout-now': 'M0-5.5 5.5 4.5H-5.5Z',
  propose: 'M-4-5 5.5 0-4 5Z',
  read: 'M4.5 0A4.5 4.5 0 1 1-4.5 0 4.5 4.5 0 1 1 4.5 0ZM-1.8 0A1.8 1.8 0 1 0 1.8 0 1.8 1.8 0 1 0-1.8 0Z',
  membership: 'M-2.8-5H2.8L5.5 0 2.8 5H-2.8L-5.5 0Z',
  unknown: 'M-3-3H3V3H-3Z',
};

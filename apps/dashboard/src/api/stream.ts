import { io, type Socket } from 'socket.io-client';
import type { Link } from '../core/observation.js';

/** Told whenever a socket opens or closes, with the reason. */
export type OnLink = (link: Link, problem: string | null) => void;

/** The defaults reconnect after up to 5 s and give a dead peer 20 s: too slow to watch a cluster. */
const options = {
  transports: ['websocket'],
  forceNew: true,
  timeout: 2_000,
  reconnectionDelay: 150,
  reconnectionDelayMax: 1_000,
  randomizationFactor: 0.2,
};

/**
 * One socket that is open whenever it can be, until it is closed.
 * @param url origin of the server
 */
export function openStream(url: string, onLink: OnLink): Socket {
  const socket = io(url, options);
  socket.on('connect', () => onLink('open', null));
  socket.on('connect_error', (error) => onLink('closed', error.message));
  socket.on('disconnect', (reason) => {
    onLink('closed', reason);
    // A server that closes on purpose, as one that is stopped does, is not tried again by itself.
    if (reason === 'io server disconnect') socket.connect();
  });
  return socket;
}

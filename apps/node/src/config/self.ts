import { addressOf } from './address.js';
import type { Config } from './config.js';

/** Where peers reach this node. */
export function peerAddressOf({ raft }: Config): string {
  return addressOf(raft.advertise, raft.port);
}

/** What the membership says of this node besides. */
export function attributesOf({ http }: Config): Record<string, string> {
  return { http: `http://${addressOf(http.advertise, http.port)}` };
}

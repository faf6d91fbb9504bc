import type { Progress, TraceRecord } from '@quorate/contract';
import type { NodeHistory } from '../history/node-history.js';

/**
 * What a leader knows of its followers: as its last status tells, and what has been sent and answered
 * since, as far as that was told message by message.
 */
export function progressAt(leader: NodeHistory, t: number): readonly Progress[] {
  const timed = leader.frames.at(t);
  if (!timed) return [];
  return leader.trace
    .between(timed.t, t)
    .reduce((peers, { record }) => after(peers, record), timed.frame.status.peers);
}

function after(peers: readonly Progress[], record: TraceRecord): Progress[] {
  return peers.map((peer) => {
    if (record.kind === 'sent' && record.to === peer.id && record.message.entries) {
      return { ...peer, next: Math.max(peer.next, record.message.entries.to + 1) };
    }
    if (record.kind === 'received' && record.from === peer.id) {
      const { type, match } = record.message;
      const known = type === 'append-response' && typeof match === 'number' ? match : 0;
      return { ...peer, match: Math.max(peer.match, known) };
    }
    return peer;
  });
}

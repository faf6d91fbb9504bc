import type { FaultEffect, FaultEvent } from '@quorate/raft';
import { seconds } from './seconds.js';

/** A fault between this node and a peer, in words. */
export function describeFault(event: FaultEvent): string {
  const fault = `fault ${event.id} of ${event.owner}`;
  const messages = `messages ${ways[event.direction]} ${event.peer}`;
  if (event.type === 'fault-injected') {
    return `${fault}: for ${seconds(event.ttlMs)} ${messages} ${effectOf(event.effect)}`;
  }
  const ended = event.why === 'healed' ? 'is healed' : 'has run out';
  return `${fault} ${ended}: ${messages} ${endOf(event.effect)} no more`;
}

const ways = { out: 'to', in: 'from', both: 'to and from' } as const;

function effectOf(effect: FaultEffect): string {
  switch (effect.type) {
    case 'cut':
      return 'are lost';
    case 'delay':
      return `come ${effect.ms} ms late`;
    case 'loss':
      return `are lost with a chance of ${Math.round(effect.chance * 100)} %`;
    case 'flap':
      return `are lost for ${effect.cutMs} ms and pass for ${effect.wholeMs} ms, by turns`;
  }
}

function endOf({ type }: FaultEffect): string {
  return type === 'delay' ? 'come late' : 'are lost';
}

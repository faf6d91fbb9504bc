import type { FaultEffect } from '@quorate/contract';
import { paired, type Way } from '../../core/chaos/ways.js';
import { list } from '../phrases.js';

/** `n1 ↔ n2 and n1 → n3` */
export function waysInWords(ways: readonly Way[]): string {
  return list(paired(ways).map(({ from, to, both }) => `${from} ${both ? '↔' : '→'} ${to}`));
}

/** What a fault does to messages. */
export function effectInWords(it: FaultEffect): string {
  switch (it.type) {
    case 'cut':
      return 'cut';
    case 'delay':
      return `${it.ms} ms late`;
    case 'loss':
      return `${Math.round(it.chance * 100)} % lost`;
    case 'flap':
      return `flapping, ${seconds(it.cutMs)} cut and ${seconds(it.wholeMs)} whole`;
  }
}

const seconds = (ms: number): string => `${ms / 1_000} s`;

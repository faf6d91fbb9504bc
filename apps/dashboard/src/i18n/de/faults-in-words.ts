import type { FaultEffect } from '@quorate/contract';
import { paired, type Way } from '../../core/chaos/ways.js';
import { list } from '../phrases.js';

/** `n1 ↔ n2 and n1 → n3` */
export function waysInWords(ways: readonly Way[]): string {
  return list(
    paired(ways).map(({ from, to, both }) => `${from} ${both ? '↔' : '→'} ${to}`),
    'und',
  );
}

/** What a fault does to messages. */
export function effectInWords(it: FaultEffect): string {
  switch (it.type) {
    case 'cut':
      return 'gekappt';
    case 'delay':
      return `${it.ms} ms später`;
    case 'loss':
      return `${Math.round(it.chance * 100)} % verloren`;
    case 'flap':
      return `wechselhaft, ${seconds(it.cutMs)} gekappt und ${seconds(it.wholeMs)} frei`;
  }
}

const seconds = (ms: number): string => `${String(ms / 1_000).replace('.', ',')} s`;

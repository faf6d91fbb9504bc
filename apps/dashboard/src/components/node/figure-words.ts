import type { Figure } from '../../core/comparison/figure.js';
import { bytes, duration, integer, latency } from '../../core/words.js';
import type { Catalogue } from '../../i18n/catalogue.js';

/** A value as it is said on the page. */
export function figureInWords(figure: Figure | null, t: Catalogue['nodes']): string {
  switch (figure?.kind) {
    case undefined:
      return t.none;
    case 'name':
      return figure.value;
    case 'digest':
      return `${figure.value.slice(0, 8)}…`;
    case 'mark':
      return String(figure.value);
    case 'number':
      return integer(figure.value);
    case 'duration':
      return duration(figure.value);
    case 'latency':
      return latency(figure.value);
    case 'bytes':
      return bytes(figure.value);
    case 'share':
      return `${Math.round(figure.value * 100)} %`;
    case 'state':
      return t.states[figure.value];
    case 'truth':
      return figure.value ? t.yes : t.no;
  }
}

import { integer } from '../../core/words.js';
import type { Catalogue } from '../catalogue.js';

export const write: Catalogue['write'] = {
  title: 'Das Leben dieser Schreibung',
  requested: 'verlangt',
  toAccept: 'noch nicht angenommen',
  accepted: ({ index, term }) => `angenommen bei ${integer(index)}, Term ${term}`,
  toCommit: 'noch nicht bestätigt',
  committed: 'bestätigt',
  applied: (some, all) => `angewendet auf ${some} von ${all}`,
};

import { integer } from '../../core/words.js';
import type { Catalogue } from '../catalogue.js';

export const keys: Catalogue['keys'] = {
  verbs: { set: 'Setzen', get: 'Lesen', remove: 'Löschen' },
  answer(answer) {
    switch (answer.verb) {
      case 'set':
        return `Geschrieben bei Index ${integer(answer.index)}, Term ${answer.term}.`;
      case 'remove':
        return answer.existed
          ? `Gelöscht bei Index ${integer(answer.index)}, Term ${answer.term}.`
          : `Es gab keinen solchen Schlüssel (entschieden bei Index ${integer(answer.index)}, Term ${answer.term}).`;
      case 'get':
        if (!answer.found) return 'Es gibt keinen solchen Schlüssel.';
        return `Geschrieben von Index ${integer(answer.found.index)}.`;
    }
  },
};

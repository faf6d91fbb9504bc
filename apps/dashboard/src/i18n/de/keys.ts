import { integer } from '../../core/words.js';
import type { Catalogue } from '../catalogue.js';
import { count } from '../phrases.js';
import { cluster } from './cluster.js';

export const keys: Catalogue['keys'] = {
  title: 'Schlüssel',
  form: 'Ein Schlüssel',
  ask: 'Gefragt wird',
  reads: 'Gelesen wird',
  node: (id, leads, vitality) =>
    leads ? `${id} (Leader)` : vitality === 'live' ? id : `${id} (${cluster.vitality[vitality]})`,
  all: 'Alle Schlüssel',
  key: 'Schlüssel',
  value: 'Wert',
  noQuorum:
    'Die Mehrheit ist verloren: Nichts kann geschrieben werden. Lokal gelesen werden kann noch.',
  noLeader:
    'Es gibt keinen Leader: Geschrieben wird erst, wenn einer gewählt ist. Lokal gelesen werden kann sofort.',
  exchanges: 'Anfragen und Antworten, die neuesten zuerst',
  promise:
    'Eine Schreibung wird beantwortet, wenn eine Mehrheit sie bestätigt hat und sie angewendet ist. Nichts gilt hier vorher als getan.',
  at: (node) => `bei ${node}`,
  pending: 'Gefragt; noch keine Antwort …',
  noText: (bytes) => `${count(bytes, 'Byte', 'Byte')}, die kein Text sind`,
  curl: 'Die curl-Zeile kopieren',
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

import type { Catalogue } from '../catalogue.js';

/** Nodes and supervisor tell their reasons in English: the usual ones are said in German. */
const messages: Readonly<Record<string, string>> = {
  'http-403': 'Das ist dieser Seite nicht erlaubt.',
  'http-401': 'Das ist dieser Seite erst nach einer Anmeldung erlaubt.',
  'no-leader': 'Es gibt zurzeit keinen Leader.',
  'nobody-to-ask': 'Kein Mitglied ist da, das gefragt werden könnte.',
  'no-address': 'Diese Seite kennt keine Adresse des Knotens.',
  unreadable: 'Die Antwort ist nicht zu lesen; vielleicht stammt sie von einer anderen Version.',
  deadline: 'Eine Mehrheit hat nicht rechtzeitig geantwortet.',
};

/** What is said of somebody who was asked in vain at this address. */
const unanswered: Readonly<Record<string, (origin: string) => string>> = {
  'no-answer': (origin) => `Von ${origin} kam nicht rechtzeitig eine Antwort.`,
  unreachable: (origin) => `Unter ${origin} war niemand zu erreichen.`,
};

export const failure: Catalogue['failure'] = {
  explain({ asked, code, message, outcome, retryable, leader, unreached }) {
    const own = unreached === null ? messages[code] : unanswered[code]?.(unreached);
    const parts = [own ?? (/[.!?]$/.test(message) ? message : `${message}.`)];
    if (asked === 'change' && outcome !== null) {
      parts.push(
        outcome === 'not-applied'
          ? 'Nichts wurde geändert.'
          : 'Vielleicht ist es geschehen, vielleicht nicht: Sehen Sie nach, bevor Sie es wiederholen.',
      );
    }
    if (retryable) parts.push('Ein neuer Versuch kann helfen.');
    if (leader !== null && !message.includes(leader)) parts.push(`${leader} führt.`);
    return parts.join(' ');
  },
};

import { clock, duration } from '../../core/words.js';
import type { Catalogue } from '../catalogue.js';

export const time: Catalogue['time'] = {
  actions: {
    play: 'Abspielen',
    pause: 'Anhalten',
    back: 'Schritt zurück',
    step: 'Schritt vor',
    slower: 'Langsamer',
    faster: 'Schneller',
    live: 'Zurück zur Gegenwart',
    close: 'Zurück zum laufenden Cluster',
    open: 'Aufzeichnung öffnen',
  },
  bar: 'Zeit',
  live: 'LIVE',
  end: 'ENDE',
  speed: 'Geschwindigkeit',
  speedOf: (speed) => (speed < 1 ? `1/${Math.round(1 / speed)}×` : `${speed}×`),
  at: 'Uhrzeit',
  wrongTime: 'Eine Uhrzeit wie 14:03:09.120, aus der etwas bekannt ist.',
  zoomIn: 'Weniger Zeit zeigen',
  zoomOut: 'Mehr Zeit zeigen',
  follow: 'Zeige die letzten',
  last: (ms) => (ms % 60_000 === 0 ? `${ms / 60_000} min` : duration(ms)),
  part: 'ein Ausschnitt',
  tape: 'Gezeigter Augenblick',
  tapeHint:
    'Die Pfeiltasten gehen von Ereignis zu Ereignis, mit Umschalt um eine Sekunde, Bild auf und ab um ein Zehntel, Pos1 und Ende an die Enden.',
  moment: (t, term, leader) =>
    term === null
      ? `${clock(t)}, nichts bekannt`
      : `${clock(t)}, Term ${term}, ${leader ? `${leader} führt` : 'niemand führt'}`,
  term: (term) => `Term ${term}`,
  marks: {
    won: (node, term) => `${node} wird gewählt, Term ${term}`,
    election: (node, term) => `${node} stellt sich für Term ${term} und wird nicht gewählt`,
    started: (node) => `${node} startet`,
    stopped: (node) => `${node} wird gestoppt`,
    killed: (node) => `${node} wird abgeschossen`,
    crashed: (node) => `${node} stürzt ab`,
    paused: (node) => `${node} wird angehalten`,
    resumed: (node) => `${node} läuft weiter`,
    membership: () => 'die Mitgliedschaft ändert sich',
    gap: (node) => `Ereignisse von ${node} fehlen`,
  },
  fault: (from, to, owner) => `Störung ${from}–${to} von ${owner}`,
  unheard: 'nichts wurde gehört',
  recording: {
    banner: (of, at) => `Sie sehen eine Aufzeichnung von ${of}, entstanden am ${at}.`,
    cluster: (id) => (id === null ? 'keinem Cluster' : `Cluster ${id.slice(0, 8)}`),
    redacted: 'Die Ausgaben der Prozesse wurden weggelassen.',
    skipped: (records) =>
      records === 1
        ? 'Ein Datensatz ist von einer Art, die diese Version nicht kennt, und fehlt.'
        : `${records} Datensätze sind von einer Art, die diese Version nicht kennt, und fehlen.`,
    drop: 'Aufzeichnung hier ablegen, um sie zu öffnen',
    opening: 'Die Aufzeichnung wird geöffnet …',
    writing: 'Die Aufzeichnung wird geschrieben …',
    offer: 'Hier antwortet kein Cluster. Eine Aufzeichnung lässt sich auch ohne ansehen.',
    export: 'Aufzeichnung sichern',
    whole: 'Alles, was bekannt ist',
    visible: 'Was die Zeitleiste unten zeigt',
    redact: 'Ausgaben der Prozesse weglassen',
    contains:
      'Eine Aufzeichnung enthält, was die Knoten dieser Seite erzählt haben: Zustände, Ereignisse, Nachrichten und Messwerte. Schlüssel und Werte stehen nie darin.',
    save: 'Sichern',
    dismiss: 'Schließen',
    trouble: {
      foreign: () => 'Diese Datei ist keine Aufzeichnung.',
      newer: (version) =>
        `Eine spätere Version von Quorate hat diese Aufzeichnung geschrieben (Format ${version}): Öffnen Sie sie dort.`,
      damaged: (line, byte) =>
        `Die Aufzeichnung ist in Zeile ${line} beschädigt, bei Byte ${byte} ihres Textes. Nichts davon wurde geöffnet.`,
      'too-large': (mebibytes) =>
        `Die Aufzeichnung enthält mehr als ${mebibytes} MiB; mehr öffnet diese Seite nicht.`,
      failed: (message) => `Der Browser konnte das nicht tun: ${message}`,
    },
  },
};

import type { FaultEffect } from '@quorate/contract';
import type { LinksIf } from '../../core/whatif/if-links.js';
import type { Catalogue } from '../catalogue.js';
import { count, list as listOf } from '../phrases.js';
import { effectInWords, waysInWords } from './faults-in-words.js';

const list = (words: readonly string[]): string => listOf(words, 'und');

const passages: Catalogue['chaos']['passages'] = {
  up: 'frei',
  delayed: 'verzögert',
  lossy: 'verlustreich',
  flapping: 'wechselhaft',
  cut: 'gekappt',
  disconnected: 'nicht verbunden',
  down: 'aus',
};

const presets: Catalogue['chaos']['presets'] = {
  'isolate-leader': {
    name: 'Leader isolieren',
    lesson: 'Die anderen wählen einen neuen; der alte gibt auf, sobald er sich allein findet.',
  },
  split: {
    name: 'Mehrheit und Minderheit trennen',
    lesson: 'Der Leader bleibt bei der kleineren Seite: Was dort geschrieben wird, gilt nie.',
  },
  bridge: {
    name: 'Brücke',
    lesson: 'Zwei Hälften, die einander nicht hören, und ein Knoten, der beide hört.',
  },
  'deaf-ear': {
    name: 'Ein taubes Ohr',
    lesson:
      'Ein Follower hört niemanden, aber alle hören ihn: Vorwahlen halten ihn davon ab zu stören.',
  },
  'flapping-link': {
    name: 'Wackelkontakt',
    lesson: 'Die Verbindung des Leaders zu einem Follower ist abwechselnd gekappt und frei.',
  },
  'slow-leader': {
    name: 'Langsamer Leader',
    lesson:
      'Was der Leader sagt, kommt 300 ms später: Schreiben dauert länger, nichts geht verloren.',
  },
};

function amount(it: FaultEffect): string {
  if (it.type === 'delay') return `+${it.ms} ms`;
  return it.type === 'loss' ? `${Math.round(it.chance * 100)} %` : '';
}

const faultCount = (faults: number): string => count(faults, 'Störung', 'Störungen');

export const chaos: Catalogue['chaos'] = {
  lead: 'Kappen, verzögern oder verlieren Sie, was die Knoten einander sagen, und sehen Sie, was Raft daraus macht.',
  off: 'Kein Knoten nimmt Störungen an: Sie wurden nicht mit QUORATE_CHAOS=on gestartet.',
  someOff: (nodes) =>
    `${list(nodes)} ${nodes.length === 1 ? 'nimmt' : 'nehmen'} keine Störungen an: nicht mit QUORATE_CHAOS=on gestartet.`,
  noNodes: 'Es gibt noch keinen Cluster: Zum Trennen braucht es zwei Mitglieder.',
  passages,
  effect: effectInWords,
  ways: waysInWords,
  matrix: {
    title: 'Wer wen erreicht',
    caption:
      'Zeilen senden, Spalten empfangen. Wählen Sie eine Zelle, um diese Verbindung zu ändern.',
    amount,
    corner: '↓ an →',
    cell: ({ from, to }, passage, faults) =>
      [`${from} an ${to}: ${passage}`, ...faults.map(effectInWords)].join(', '),
    legend: 'Zeichen',
  },
  link: {
    title: (from, to) => `Die Verbindung ${from} → ${to}`,
    none: 'Hier steht keine Störung.',
    connection: (error) => `Keine Verbindung${error === '' ? '' : `: ${error}`}.`,
    kind: 'Wirkung',
    kinds: { cut: 'Kappen', delay: 'Verzögern', loss: 'Verlust', flap: 'Wackeln' },
    delayMs: 'Verzögerung, ms',
    lossPercent: 'Verlust, %',
    cutMs: 'Gekappt für, ms',
    wholeMs: 'Frei für, ms',
    direction: 'Richtung',
    oneWay: (from, to) => `${from} → ${to}`,
    bothWays: 'beide Richtungen',
    close: 'Schließen',
  },
  partition: {
    title: 'Teilung',
    how: 'Ziehen Sie eine Linie durch den Ring, oder drücken Sie Knoten, um sie auf die andere Seite zu setzen.',
    ring: 'Die Knoten, zum Teilen',
    side: 'Seite',
    clear: 'Verwerfen',
    presets: 'Vorlagen',
  },
  presets,
  noPreset: 'Dafür braucht es einen Leader und genügend Follower.',
  plan: {
    title: 'Was es bewirken würde',
    none: 'Ziehen Sie eine Linie, drücken Sie Knoten, wählen Sie eine Vorlage oder eine Zelle: Was es bewirken würde, steht hier, bevor es geschieht.',
    sides: ({ sides }: LinksIf) =>
      sides.length < 2
        ? 'Alle laufenden Knoten bleiben verbunden, direkt oder über andere.'
        : `${sides.map((side) => list(side)).join(' | ')}: Keine Verbindung dazwischen trägt in beide Richtungen.`,
    able({ ableToLead, after: { quorum } }: LinksIf): string {
      if (ableToLead.length === 0) {
        return `Niemand erreicht ein Quorum von ${quorum}: Nichts kann geschrieben werden.`;
      }
      return `${list(ableToLead)} ${ableToLead.length === 1 ? 'erreicht' : 'erreichen'} ein Quorum von ${quorum}: Einer davon führt, und es wird weiter geschrieben.`;
    },
    leader({ before: { leader }, strands }: LinksIf): string {
      if (leader === null) return 'Zurzeit führt niemand.';
      return strands
        ? `${leader} führt jetzt und strandet: Er kann nichts mehr festschreiben und gibt auf.`
        : `${leader} führt jetzt und behält sein Quorum.`;
    },
    unplaced: {
      'chaos-off': (ways) =>
        `${waysInWords(ways)}: Keiner der Knoten nimmt Störungen an. Starten Sie sie mit QUORATE_CHAOS=on.`,
      unreachable: (ways) => `${waysInWords(ways)}: Keiner der Knoten antwortet dieser Seite.`,
    },
    apply: 'Anwenden',
    applyName: (what) => `Anwenden: ${what}`,
    confirm: (what) => `Bestätigen: ${what}`,
    busy: 'Wird angewendet …',
    loses: 'Das Quorum ginge verloren: Nichts kann geschrieben werden, bis es geheilt ist.',
    asPartition: (one, other) => `${list(one)} von ${list(other)} trennen`,
    asLink: (way, it, both) => `${way.from} ${both ? '↔' : '→'} ${way.to} ${effectInWords(it)}`,
  },
  settings: {
    owner: 'Ihr Name',
    ownerHint: 'Damit andere wissen, wessen Störung es ist. Bleibt in diesem Browser.',
    ttl: 'Heilt von selbst nach',
    ttls: (seconds) => (seconds < 60 ? `${seconds} s` : `${seconds / 60} min`),
  },
  list: {
    title: 'Störungen in Kraft',
    none: 'Keine Störung ist in Kraft.',
    restart: 'Eine Störung lebt im Prozess ihres Knotens: Startet er neu, ist sie fort.',
    by: (owner, node) => `von ${owner}, bei ${node}`,
    left: (seconds) => (seconds < 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`),
  },
  heal: {
    face: 'Heilen',
    name: (ways, it) => `${waysInWords(ways)} heilen (${effectInWords(it)})`,
    busy: 'Wird geheilt …',
    all: 'Alles heilen',
    allBusy: 'Alles wird geheilt …',
    allNone: 'Jetzt ist keine Störung in Kraft.',
  },
  isolate: {
    face: 'Isolieren',
    name: (node) => `${node} isolieren`,
    confirm: (node) => `Bestätigen: ${node} isolieren`,
    busy: (node) => `${node} wird isoliert …`,
  },
  strip: {
    show: 'Zeigen',
    label: 'Störungen in Kraft',
    count: (faults) => `${faultCount(faults)} in Kraft`,
    now: 'Das gilt jetzt: Die Seite unten zeigt die Vergangenheit.',
    by: (owners) => `von ${list(owners)}`,
    next: (left) => `die erste heilt in ${left}`,
  },
  processes: {
    title: 'Prozesse',
    hint: 'Einen Knoten zu töten oder anzuhalten ist auch eine Störung. Sie dauert, bis ihn jemand startet oder fortsetzt.',
  },
};

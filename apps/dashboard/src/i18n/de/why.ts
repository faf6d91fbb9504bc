import type { Turn } from '../../core/timeline/lives.js';
import { duration, integer } from '../../core/words.js';
import type { Catalogue } from '../catalogue.js';
import { effectInWords, waysInWords } from './faults-in-words.js';
import { causes } from './why-causes.js';

type Why = Catalogue['why'];

const questions: Why['questions'] = {
  'no-leader': () => 'Warum gibt es keinen Leader?',
  'at-risk': () => 'Wie sicher ist der Cluster, und warum?',
  change: () => 'Warum hat der Leader gewechselt?',
  behind: ({ node }) => `Warum liegt ${node} zurück?`,
  pending: ({ index }) =>
    index === null
      ? 'Warum wartet ein Schreibvorgang?'
      : `Warum wartet der Eintrag ${integer(index)}?`,
  refused: ({ node }) =>
    node === null
      ? 'Warum wurde die Änderung der Mitglieder abgelehnt?'
      : `Warum wurde die Änderung für ${node} abgelehnt?`,
};

const turns: Record<Turn['what'], string> = {
  killed: 'getötet',
  crashed: 'an einem Fehler geendet',
  stopped: 'beendet',
  paused: 'angehalten',
  resumed: 'fortgesetzt',
  started: 'gestartet',
};

const proofs: Why['proofs'] = {
  event: ({ text }) => text,
  process: ({ what, how }) => `Prozess ${turns[what]}${how === null ? '' : ` (${how})`}`,
  link: ({ link, problem }) => `keine Verbindung zu dieser Seite (${problem ?? link})`,
  fault: ({ fault }) => `${fault.owner}: ${waysInWords(fault.ways)} ${effectInWords(fault.effect)}`,
  progress: ({ progress }) =>
    `${progress.id}: match ${integer(progress.match)}, next ${integer(progress.next)}, ${progress.state}` +
    (progress.lastContactMs === null
      ? ''
      : `, zuletzt vor ${duration(progress.lastContactMs)} gehört`),
};

export const why: Why = {
  ask: 'Warum?',
  questions,
  causes,
  proofs,
  unknown: 'Nichts, was diese Seite gehört hat, erklärt es.',
  nobodyAsked: (subject) => `„${subject}“ ist keine Frage, die diese Seite kennt.`,
  evidence: 'Was es zeigt',
  more: (number) => `${number} weitere`,
  remedies: 'Was hilft',
  seen: (time) => `Stand ${time}`,
  atThatMoment: (time) => `Auf der Zeitleiste zu ${time}`,
  onStage: 'Auf der Bühne',
  onStageAt: (time) => `Auf der Bühne um ${time}`,
};

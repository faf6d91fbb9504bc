import type { Share } from '../../core/cluster/reasons.js';
import type { Vitality } from '../../core/cluster/observation.js';
import type { Catalogue } from '../catalogue.js';
import { count, list, say } from '../phrases.js';

const vitality: Record<Vitality, string> = {
  live: 'läuft',
  silent: 'ist verbunden, sagt aber nichts',
  paused: 'ist angehalten',
  stopping: 'wird beendet',
  dead: 'ist aus',
  starting: 'startet',
  unreachable: 'ist nicht zu erreichen',
};

const reasons: Catalogue['verdict']['reasons'] = {
  away: ({ node, vitality: how, how: why }) =>
    `${node} ${vitality[how]}${why === null ? '' : ` (${why})`}.`,
  unheard: ({ node }) => `${node} ist dieser Seite nicht bekannt.`,
  emptied: ({ node }) => `${node} hat ein leeres Verzeichnis: Nehmen Sie ihn neu auf.`,
  disk: ({ node }) => `${node} kann nicht auf seine Platte schreiben.`,
  'not-following': ({ node, leader }) => `${node} folgt ${leader} nicht.`,
  'waiting-for-list': () => 'Der Supervisor hat die Knoten noch nicht genannt.',
  'waiting-for': ({ nodes }) => `Noch keine Antwort von ${list(nodes, 'und')}.`,
  old: () => 'Unten steht, was zuletzt zu hören war. Diese Seite verbindet sich von selbst wieder.',
  'start-cluster': () => 'Wenn der Cluster beendet wurde, startet ihn: npm start',
  'add-node': () => 'Fügen Sie einen Knoten hinzu.',
  bootstrap: () =>
    'Kein Knoten gehört zu einem Cluster. Machen Sie einen zum ersten Mitglied und nehmen Sie dann die anderen auf.',
  'start-node': () => 'Kein Knoten läuft. Starten Sie einen.',
  'voters-needed': ({ missing }) =>
    `Nichts kann geschrieben werden, bis ${missing === 1 ? 'noch ein Stimmberechtigter' : `noch ${missing} Stimmberechtigte`} zurück ${missing === 1 ? 'ist' : 'sind'}.`,
  agreement: ({ leader, term, ...share }) =>
    `${leader} führt in Term ${term}; ${some(share)} ${share.some === 1 ? 'bestätigt' : 'bestätigen'} das, ${share.quorum} sind nötig.`,
  'enough-to-elect': (share) => `${some(share)} laufen, ${share.quorum} sind zur Wahl nötig.`,
  campaign: ({ node, term, pre }) =>
    pre
      ? `${node} fragt, ob er eine Wahl gewinnen könnte.`
      : `${node} bittet in Term ${term} um Stimmen.`,
  behind: ({ node, entries }) => `${node} ist ${count(entries, 'Eintrag', 'Einträge')} zurück.`,
  learner: ({ node }) => `${node} lernt noch: Er darf abstimmen, sobald er aufgeholt hat.`,
  newcomer: ({ node }) => `${node} ist noch kein Mitglied.`,
  'too-few-voters': ({ voters }) =>
    voters === 1
      ? 'Ein einziger Stimmberechtigter: Mit zwei weiteren darf einer ausfallen.'
      : 'Zwei Stimmberechtigte: Fällt einer aus, kann nichts mehr geschrieben werden. Nehmen Sie einen dritten auf.',
};

const headlines: Catalogue['verdict']['headlines'] = {
  connecting: () => 'Verbindung wird aufgebaut …',
  starting: () => 'Die Knoten starten …',
  disconnected: () => 'Nicht verbunden: Weder der Supervisor noch ein Knoten antwortet.',
  'no-nodes': () => 'Keine Knoten.',
  'no-cluster': () => 'Noch kein Cluster.',
  'quorum-lost': (share) => `Mehrheit verloren: ${some(share)} laufen, ${share.quorum} sind nötig.`,
  contested: ({ claimant }) =>
    `Kein Leader, den eine Mehrheit bestätigt: ${claimant} will es sein.`,
  'no-leader': ({ because, electing }) => {
    const why = because === null ? '' : ` (${say(reasons, because).replace(/\.$/, '')})`;
    return `Kein Leader${why}: ${electing ? 'Es wird gewählt' : 'Eine Wahl steht bevor'}.`;
  },
  healthy: ({ tolerance }) => `Gesund: ${spare(tolerance)}.`,
  'at-risk': ({ tolerance }) => `Gefährdet: ${spare(tolerance)}.`,
};

function spare(tolerance: number): string {
  if (tolerance <= 0) return 'Keiner darf mehr ausfallen';
  return tolerance === 1 ? 'Noch einer darf ausfallen' : `Noch ${tolerance} dürfen ausfallen`;
}

const some = (share: Share) =>
  `${share.some} von ${count(share.voters, 'Stimmberechtigten', 'Stimmberechtigten')}`;

export const verdict: Catalogue['verdict'] = {
  health: {
    healthy: 'Gesund',
    'at-risk': 'Gefährdet',
    'no-leader': 'Kein Leader',
    'quorum-lost': 'Mehrheit verloren',
    disconnected: 'Nicht verbunden',
    empty: 'Leer',
    connecting: 'Verbindet',
  },
  headlines,
  reasons,
  term: 'Term',
  leader: 'Leader',
  none: 'keiner',
  canLose: 'Darf ausfallen',
  voters: (tolerance) => (tolerance > 0 ? `noch ${tolerance}` : 'keiner'),
  committed: 'Bestätigt bis',
  remedies: 'Was helfen würde',
  working: (share) => `${some(share)} arbeiten; ${share.quorum} sind eine Mehrheit`,
};

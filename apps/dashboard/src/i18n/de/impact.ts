import type { Impact } from '../../core/whatif/impact.js';
import type { Standing } from '../../core/whatif/what-if.js';
import type { Catalogue } from '../catalogue.js';

export const impact: Catalogue['impact'] = {
  ofNode(impact: Impact): string {
    const { act, node, leads, votes, whatIf } = impact;
    const parts =
      leads && act !== 'wipe' ? [`${node} führt; ein anderer muss gewählt werden.`] : [];
    if (act === 'wipe') {
      parts.push(
        `Alle Daten von ${node} auf diesem Rechner werden gelöscht; er muss neu aufgenommen werden.`,
      );
    }
    if (votes) parts.push(remaining(whatIf.after));
    else if (act !== 'wipe') {
      parts.push(`${node} stimmt nicht ab: Die Mehrheit bleibt, wie sie ist.`);
    }
    return parts.join(' ');
  },
  remaining,
  forget: (node) =>
    `${node} ist kein Mitglied: Sein Verzeichnis wird gelöscht, und dieser Supervisor kennt ihn nicht mehr.`,
  leaderGoes: (leader) => `${leader} führt; ein anderer muss gewählt werden.`,
  election: (node, leader) =>
    leader === null
      ? `${node} bittet die Stimmberechtigten in einem neuen Term um ihre Stimmen.`
      : `${node} bittet die Stimmberechtigten in einem neuen Term um ihre Stimmen. Jetzt führt ${leader}; danach führt, wer gewinnt, und solange warten Schreibvorgänge.`,
  table: {
    caption: 'Der Cluster vorher und nachher',
    before: 'Jetzt',
    after: 'Danach',
    voters: 'Stimmberechtigte',
    working: 'Davon arbeiten',
    quorum: 'Nötig für eine Mehrheit',
    tolerance: 'Kann noch verlieren',
    leader: 'Leader',
    nobody: 'keinen',
    noQuorum: 'keine Mehrheit',
    elected: 'wird gewählt',
  },
};

function remaining({ voters, working, quorum, tolerance }: Standing): string {
  const start = `${working.length} von ${voters.length} Stimmberechtigten wären da, ${quorum} sind nötig:`;
  if (tolerance < 0) return `${start} Die Mehrheit ist verloren, nichts kann geschrieben werden.`;
  if (tolerance === 0) return `${start} Es wird weiter geschrieben, keiner darf mehr ausfallen.`;
  return `${start} Es wird weiter geschrieben.`;
}

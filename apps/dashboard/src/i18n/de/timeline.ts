import { duration, integer } from '../../core/words.js';
import type { Catalogue } from '../catalogue.js';
import { list } from '../phrases.js';
import { effectInWords } from './faults-in-words.js';

const names = (ids: readonly string[]) => list(ids, 'und');

export const timeline: Catalogue['timeline'] = {
  kinds: {
    election: 'Wahlen',
    tenure: 'Führung',
    membership: 'Mitglieder',
    process: 'Prozesse',
    fault: 'Störungen',
    snapshot: 'Snapshots',
    storage: 'Speicher',
  },
  filterKinds: 'Arten',
  filterNodes: 'Knoten',
  lanes: 'Wer führte, Knoten für Knoten',
  lanesHint:
    'Ziehen Sie über die Bahnen, um einen Ausschnitt zu zeigen. Mit der Tastatur: am Regler unten auf der Seite und mit seinen Tasten + und −.',
  whole: 'Alles zeigen',
  leads: (node, term, ms) => `${node} führt in Term ${term} für ${duration(ms)}`,
  down: (node) => `${node} läuft nicht`,
  failovers: {
    title: 'Führungswechsel',
    none: 'In der gezeigten Zeit hat niemand die Führung übernommen.',
    detection: 'Bis jemand antritt',
    election: 'Bis jemand gewählt ist',
    commit: 'Bis zum ersten Commit',
    total: 'Insgesamt',
    median: 'Median',
    p99: 'p99',
    of: (number, planned) =>
      `${integer(number)} ungeplante${planned > 0 ? `; ${integer(planned)} Übergaben zählen hier nicht` : ''}.`,
    seen: 'Gemessen an dem, was die Knoten dieser Seite erzählt haben; der erste Commit auf 50 ms genau, oder exakt, wo Nachrichten aufgezeichnet werden.',
  },
  elections: {
    title: 'Wahlen',
    none: 'In der gezeigten Zeit hat sich niemand zur Wahl gestellt.',
    when: 'Wann',
    candidate: 'Kandidat',
    term: 'Term',
    cause: 'Anlass',
    votes: 'Stimmen',
    took: 'Dauer',
    outcome: 'Ausgang',
    outcomes: {
      won: 'gewählt',
      lost: 'nicht gewählt',
      undecided: 'ohne Entscheidung',
      open: 'läuft noch',
    },
    tally: (granted, needed) => `${granted} von ${needed} nötigen`,
    causes: {
      timeout: (leader) =>
        leader ? `zu lange nichts von ${leader} gehört` : 'zu lange von niemandem gehört',
      disconnected: (leader) =>
        leader ? `${leader} schloss die Verbindung` : 'der Leader schloss die Verbindung',
      transfer: (leader) => (leader ? `${leader} hat übergeben` : 'übergeben'),
      asked: () => 'auf Wunsch',
      unknown: () => 'nicht bekannt',
    },
    round: (preVote, term) =>
      preVote ? `Vorwahl für Term ${term}: Könnte er gewinnen?` : `Wahl des Terms ${term}`,
    granted: 'gegeben',
    refused: (reason) => `verweigert: ${reason}`,
    uncounted: 'kam zu spät an oder gar nicht',
    refusals: {
      'stale-term': 'dieser Term ist vorbei',
      'already-voted': 'die Stimme dieses Terms ist vergeben',
      'log-behind': 'das Log des Kandidaten ist hinter dem eigenen zurück',
      'leader-alive': 'er hört einen Leader',
      blank: 'ein leerer Knoten wählt nicht',
      'not-a-member': 'der Kandidat wurde entfernt',
    },
    noVotes: 'Keine Antwort wurde gehört.',
    more: (candidate, term) => `Stimmen für ${candidate} in Term ${term}`,
  },
  happenings: {
    title: 'Was sonst geschah',
    none: 'Sonst geschah nichts in der gezeigten Zeit.',
    onStage: 'Auf der Bühne',
    onStageAt: (time) => `${time} auf der Bühne ansehen`,
    more: (number) =>
      `${integer(number)} ältere sind nicht zu sehen: Wählen Sie eine kürzere Zeit.`,
    tenure: (node, term) => `${node} führt in Term ${term}`,
    tenureEnd: (ms, why) => `für ${duration(ms)}${why === null ? '' : `, bis ${why}`}`,
    stillLeads: 'noch immer',
    ends: {
      'higher-term': 'ein anderer Knoten einen höheren Term erreichte',
      'lost-quorum': 'keine Mehrheit mehr antwortete',
      removed: 'er entfernt wurde',
      'storage-fault': 'seine Platte nicht mehr schrieb',
      transferred: 'er übergab',
      killed: 'er abgeschossen wurde',
      stopped: 'er gestoppt wurde',
      crashed: 'er abstürzte',
    },
    turns: {
      started: (node) => `${node} startet`,
      stopped: (node) => `${node} wird gestoppt`,
      killed: (node) => `${node} wird abgeschossen`,
      crashed: (node) => `${node} stürzt ab`,
      paused: (node) => `${node} wird angehalten`,
      resumed: (node) => `${node} läuft weiter`,
    },
    how: (how) => `(${how})`,
    added: (ids) => `${names(ids)} aufgenommen`,
    removed: (ids) => `${names(ids)} entfernt`,
    promoted: (ids) => `${names(ids)} jetzt mit Stimme`,
    demoted: (ids) => `${names(ids)} jetzt ohne Stimme`,
    unchanged: 'dieselben Mitglieder',
    members: (ids) => `Mitglieder: ${names(ids)}`,
    joint: 'zusammen mit den bisherigen Mitgliedern',
    committed: (ms) => `nach ${duration(ms)} festgeschrieben`,
    uncommitted: 'noch nicht festgeschrieben',
    fault: (node, peer, direction, effect) => {
      const arrow = { out: '→', in: '←', both: '↔' }[direction];
      return `${node} ${arrow} ${peer}: ${effectInWords(effect)}`;
    },
    faultOf: (owner, ms) => `von ${owner}, ${ms === null ? 'noch immer' : `für ${duration(ms)}`}`,
  },
};

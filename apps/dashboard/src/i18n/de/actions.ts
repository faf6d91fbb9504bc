import type { Catalogue } from '../catalogue.js';

type ProcessWords = Catalogue['actions']['processes']['kill'];

function process(face: string, verb: string, doing: string): ProcessWords {
  return {
    face,
    name: (node) => `${node} ${verb}`,
    confirm: (node) => `Ja, ${node} ${verb}`,
    busy: (node) => `${node} ${doing} …`,
  };
}

export const actions: Catalogue['actions'] = {
  groups: {
    go: 'Gehe zu',
    node: 'Knoten und ihre Prozesse',
    member: 'Mitglieder',
    fault: 'Störungen',
    data: 'Schlüssel',
    time: 'Zeit',
    view: 'Diese Seite',
  },
  processes: {
    pause: process('Anhalten', 'anhalten', 'wird angehalten'),
    resume: process('Fortsetzen', 'fortsetzen', 'wird fortgesetzt'),
    restart: process('Neu starten', 'neu starten', 'wird neu gestartet'),
    start: process('Starten', 'starten', 'wird gestartet'),
    stop: process('Beenden', 'beenden', 'wird beendet'),
    kill: process('Töten', 'töten', 'wird getötet'),
    wipe: process('Leeren', 'leeren', 'wird geleert'),
  },
  past: 'Sie sehen die Vergangenheit: Kehren Sie zur Gegenwart zurück.',
  recorded: 'Dies ist eine Aufzeichnung: gehen Sie zurück zum laufenden Cluster.',
  noSupervisor: 'Der Supervisor antwortet nicht.',
  bootstrap: {
    face: 'Zum ersten Mitglied machen',
    name: (node) => `${node} zum ersten Mitglied machen`,
    busy: (node) => `${node} gründet einen Cluster …`,
  },
  join: {
    face: 'Aufnehmen',
    name: (node) => `${node} aufnehmen`,
    busy: (node) => `${node} wird aufgenommen …`,
  },
  members: {
    promote: process('Stimme geben', 'Stimme geben', 'bekommt das Stimmrecht'),
    demote: process('Stimme nehmen', 'Stimme nehmen', 'verliert das Stimmrecht'),
    remove: process('Entfernen', 'entfernen', 'wird entfernt'),
    transfer: {
      face: 'Führung übergeben',
      name: (node) => `Führung übergeben an ${node}`,
      confirm: (node) => `An ${node} übergeben`,
      busy: (node) => `Übergabe an ${node} …`,
    },
    nobody: 'Kein Mitglied ist da, das man fragen könnte.',
    noLeader: 'Es gibt keinen Leader: Die Mitgliedschaft kann sich nicht ändern.',
    underWay: 'Eine frühere Änderung der Mitgliedschaft ist noch nicht bestätigt.',
    notUp: (node) => `${node} läuft nicht.`,
  },
  nodes: {
    forget: {
      face: 'Vergessen',
      name: (node) => `${node} vergessen`,
      confirm: (node) => `${node} vergessen`,
      busy: (node) => `${node} wird vergessen …`,
    },
    election: {
      face: 'Wahl erzwingen',
      name: (node) => `Wahl erzwingen auf ${node}`,
      confirm: (node) => `${node} kandidieren lassen`,
      busy: (node) => `${node} kandidiert …`,
    },
    snapshot: {
      face: 'Snapshot anlegen',
      name: (node) => `Snapshot anlegen auf ${node}`,
      busy: (node) => `${node} legt einen Snapshot an …`,
    },
  },
  help: 'Tastenkürzel zeigen',
  palette: 'Alle Aktionen durchsuchen',
  write: 'Einen Schlüssel schreiben',
  search: 'Schlüssel suchen',
  theme: 'Nächste Farben',
  settings: 'Einstellungen',
  add: 'Knoten hinzufügen',
  goTo: (place) => `Gehe zu ${place}`,
  confirm: {
    type: (word) => `Tippen Sie ${word}, um fortzufahren`,
    cancel: 'Abbrechen',
    takeBack: 'Esc nimmt es zurück.',
    on: (node) => `Aktionen für ${node}`,
    more: (node) => `Mehr zu ${node}`,
  },
};

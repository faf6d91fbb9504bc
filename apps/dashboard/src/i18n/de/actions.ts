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
  noSupervisor: 'Der Supervisor antwortet nicht.',
  bootstrap: {
    face: 'Zum ersten Mitglied machen',
    name: (node) => `${node} zum ersten Mitglied machen`,
  },
  join: {
    face: 'Aufnehmen',
    name: (node) => `${node} aufnehmen`,
    nobody: 'Kein Mitglied ist da, das ihn aufnehmen könnte.',
  },
  help: 'Tastenkürzel zeigen',
  palette: 'Alle Aktionen durchsuchen',
  write: 'Einen Schlüssel schreiben',
  search: 'Schlüssel suchen',
  theme: 'Nächste Farben',
  settings: 'Einstellungen',
  goTo: (place) => `Gehe zu ${place}`,
  confirm: {
    type: (word) => `Tippen Sie ${word}, um fortzufahren`,
    cancel: 'Abbrechen',
    takeBack: 'Esc nimmt es zurück.',
    on: (node) => `Aktionen für ${node}`,
    more: (node) => `Mehr zu ${node}`,
  },
};

import { duration } from '../../core/words.js';
import type { Catalogue } from '../catalogue.js';
import { count, list } from '../phrases.js';

export const shell: Catalogue['shell'] = {
  skip: 'Zur Seite springen',
  pages: {
    overview: 'Übersicht',
    stage: 'Bühne',
    nodes: 'Knoten',
    data: 'Daten',
    timeline: 'Zeitleiste',
    chaos: 'Störungen',
    members: 'Mitglieder',
    metrics: 'Messwerte',
  },
  navigation: 'Seiten',
  announcements: 'Ansagen',
  all: 'Alle',
  loading: 'Die Seite wird geladen …',
  notLoaded: (problem) => `Diese Seite konnte nicht geladen werden: ${problem}`,
  close: 'Schließen',
  copy: { copy: 'Kopieren', copied: 'Kopiert', forbidden: 'Nicht erlaubt' },
  inspector: {
    titles: {
      why: 'Warum',
      message: 'Nachricht',
      entry: 'Eintrag',
      between: 'Verbindung',
      who: 'Knoten',
    },
    width: 'Breite dieser Spalte',
  },
  bar: {
    cluster: (id) => `Cluster ${id}`,
    why: (health) => `${health}: warum?`,
    term: 'Term',
    leader: 'Leader',
    none: 'keiner',
    spare: 'darf ausfallen',
    nobody: 'keiner',
    search: 'Suchen',
    settings: 'Einstellungen',
    shortcuts: 'Tastenkürzel',
  },
  connection: {
    supervisor: {
      connecting: 'Verbindung zum Supervisor wird aufgebaut',
      open: 'Supervisor verbunden',
      closed: 'Supervisor nicht zu erreichen, neuer Versuch',
    },
    live: 'Live',
    heard: (some, all) => `${some} von ${all} Knoten zu hören`,
    past: (clock) => `Wie es um ${clock} war`,
    goLive: 'Zurück zur Gegenwart',
  },
  banner: {
    old: (ms) =>
      ms === null
        ? 'Es war noch nie etwas zu hören.'
        : `Alles unten ist, wie es zuletzt zu hören war, vor ${duration(ms)}.`,
    again: 'Diese Seite versucht es etwa einmal in der Sekunde wieder.',
    retry: 'Jetzt versuchen',
    skew: (who) =>
      `${list(who, 'und')} ${who.length === 1 ? 'spricht' : 'sprechen'} eine andere Version des Protokolls als diese Seite; sie ist hier nicht zu lesen.`,
    supervisorSkew: {
      version: ({ supervisor, page }) =>
        `Der Supervisor hat die Version ${supervisor}, diese Seite die Version ${page}: Was nur eines von beiden kennt, fehlt hier.`,
      unreadable: () =>
        'Der Supervisor spricht eine andere Version des Protokolls als diese Seite; er ist hier nicht zu lesen.',
    },
    reload: 'Seite neu laden',
    notices: 'Hinweise',
    dismiss: 'Ausblenden',
  },
  notices: {
    returned: ({ node, events, missing }) => {
      const caught = `${node} ist wieder zu hören: ${count(events, 'Ereignis', 'Ereignisse')} nachgeholt`;
      if (missing === 0) return `${caught}, nichts verloren.`;
      return `${caught}, ${count(missing, 'Ereignis', 'Ereignisse')} für immer verloren. Wo, zeigt die Liste.`;
    },
  },
  settings: {
    title: 'Einstellungen',
    choices: {
      theme: {
        system: 'Wie das System',
        light: 'Hell',
        dark: 'Dunkel',
        contrast: 'Hoher Kontrast',
      },
      motion: { system: 'Wie das System', reduced: 'Reduziert' },
      density: { comfortable: 'Bequem', compact: 'Dicht' },
      stage: { suited: 'Wie es zum Gerät passt', ring: 'Ein Ring', table: 'Tabellen' },
      language: { system: 'Wie der Browser', en: 'English', de: 'Deutsch' },
      shortcuts: { on: 'An', off: 'Aus' },
    },
    choiceTitles: {
      theme: 'Farben',
      motion: 'Bewegung',
      density: 'Dichte',
      stage: 'Die Bühne ist',
      language: 'Sprache',
      shortcuts: 'Einzelne Tasten wirken',
    },
  },
  palette: {
    title: 'Was möchten Sie tun?',
    field: 'Alle Aktionen durchsuchen',
    none: 'So heißt keine Aktion.',
  },
  help: {
    title: 'Tastenkürzel',
    onNodes: 'In der Karte oder Zeile eines Knotens',
    escape: 'Ersten Klick zurücknehmen; Offenes schließen',
    off: 'Einzelne Tasten sind ausgeschaltet: siehe Einstellungen.',
    then: 'dann',
  },
};

import type { Catalogue } from '../catalogue.js';

export const shell: Catalogue['shell'] = {
  skip: 'Zur Seite springen',
  pages: {
    overview: 'Überblick',
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
  inspector: { close: 'Schließen', titles: { why: 'Warum' } },
  loading: 'Die Seite wird geladen …',
  notLoaded: (problem) => `Diese Seite konnte nicht geladen werden: ${problem}`,
};

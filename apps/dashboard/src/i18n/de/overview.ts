import { exitInWords } from '../../core/cluster/observation.js';
import { duration, integer } from '../../core/words.js';
import type { Catalogue } from '../catalogue.js';
import { count } from '../phrases.js';

const states = {
  starting: 'startet',
  running: 'läuft',
  paused: 'angehalten',
  stopping: 'wird beendet',
  exited: 'beendet',
};

export const overview: Catalogue['overview'] = {
  since: (ms) => `seit ${duration(ms)}`,
  writes: 'Schreibungen / s',
  commit: 'Bestätigt',
  sync: 'Fsync',
  p99: (latency) => `p99 ${latency}`,
  entries: (rate) => `${count(rate, 'Eintrag', 'Einträge')} in der Sekunde`,
  atMost: (rate) => `höchstens ${integer(rate)} in der letzten Minute`,
  nodes: 'Knoten',
  compare: 'Vergleichen',
  members: 'Aufnehmen, entfernen',
  node: 'Knoten',
  role: 'Rolle',
  applied: 'Angewendet',
  last: 'Letzter',
  contact: 'Gehört',
  process: 'Prozess',
  actions: 'Aktionen',
  noNodes: 'Noch ist kein Knoten bekannt.',
  believes: (leader) => `glaubt an ${leader}`,
  believesNobody: 'glaubt an niemanden',
  foreign: 'nicht von diesem Supervisor',
  processOf(process, told, now) {
    const { state, startedAt } = process;
    if (!told) return `${states[state]}, als zuletzt davon zu hören war`;
    const how = exitInWords(process);
    if (state === 'exited') return how === null ? states.exited : `${states.exited} (${how})`;
    return startedAt === null ? states[state] : `${states[state]} ${duration(now - startedAt)}`;
  },
};

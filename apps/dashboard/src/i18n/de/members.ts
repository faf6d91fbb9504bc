import type { MemberChange } from '@quorate/contract';
import { integer } from '../../core/words.js';
import type { Catalogue } from '../catalogue.js';
import { list } from '../phrases.js';
import { failure } from './failure.js';

function change({ type, id }: MemberChange): string {
  switch (type) {
    case 'add':
      return `${id} aufnehmen`;
    case 'promote':
      return `${id} das Stimmrecht geben`;
    case 'demote':
      return `${id} das Stimmrecht nehmen`;
    case 'remove':
      return `${id} entfernen`;
  }
}

const changes = (all: readonly MemberChange[]) => list(all.map(change), 'und');

export const members: Catalogue['members'] = {
  quorum: {
    title: 'Wer entscheidet',
    none: 'Noch kein Cluster. Machen Sie einen Knoten zum ersten Mitglied; dann können andere hinzukommen.',
    rule: (voters, quorum) =>
      voters === 1
        ? '1 Stimmberechtigter: Er entscheidet allein.'
        : `${voters} Stimmberechtigte: Für jede Entscheidung braucht es ${quorum} von ihnen.`,
    joint: 'Zwei Konfigurationen sind in Kraft: Jede Entscheidung braucht die Mehrheit von beiden.',
    both: 'und',
    now: 'Stimmberechtigte',
    next: 'Künftig stimmberechtigt',
    old: 'Bisher stimmberechtigt',
    needs: (working, voters, quorum) => `${working} von ${voters} arbeiten, ${quorum} sind nötig`,
    spare: (tolerance) =>
      tolerance < 0
        ? 'Keine Mehrheit: Nichts kann entschieden werden.'
        : tolerance === 0
          ? 'Keiner darf ausfallen.'
          : tolerance === 1
            ? 'Einer darf noch ausfallen.'
            : `${tolerance} dürfen noch ausfallen.`,
    works: 'arbeitet',
    missing: 'arbeitet nicht',
    committed: (index) => `Bestätigt bei Index ${integer(index)}.`,
    uncommitted: (index) => `Bei Index ${integer(index)}, noch nicht bestätigt.`,
    past: 'So, wie es zur gezeigten Zeit war.',
  },
  roll: {
    title: 'Mitglieder',
    member: 'Mitglied',
    part: 'Stellung',
    state: 'Zustand',
    address: 'Für Peers erreichbar unter',
    way: 'Hat vom Bestätigten',
    actions: 'Aktionen',
    parts: { voter: 'stimmberechtigt', learner: 'Lernender', leaving: 'scheidet aus' },
    needed: 'für die Mehrheit nötig',
    leads: 'führt',
    outsiders: 'Nicht Mitglied',
    blank: 'leer',
  },
  orders: {
    title: 'Von dieser Seite verlangt',
    stages: { requested: 'verlangt', accepted: 'angenommen', committed: 'bestätigt' },
    of: (order) => {
      switch (order.kind) {
        case 'change':
          return changes(order.changes);
        case 'transfer':
          return `Führung an ${order.to} übergeben`;
        case 'bootstrap':
          return `${order.id} zum ersten Mitglied machen`;
      }
    },
    stage: (stage) => {
      switch (stage.at) {
        case 'requested':
          return 'noch nicht im Log des Leaders';
        case 'accepted':
          return `bei Index ${integer(stage.index)}, noch nicht bestätigt`;
        case 'committed':
          return `bei Index ${integer(stage.index)}, ${stage.known} von ${stage.of} Knoten bekannt`;
        case 'handed-over':
          return 'geschehen';
        case 'failed':
          return failure.explain(stage.problem);
      }
    },
    asked: (via) => `über ${via}`,
    dismiss: 'Von der Liste nehmen',
  },
  wizard: {
    title: 'Knoten hinzufügen',
    steps: {
      choose: 'Auswählen',
      look: 'Nachsehen, wer antwortet',
      learner: 'Lernender',
      voter: 'Stimmberechtigt',
    },
    startNew: 'Neuen Knoten starten',
    startNewHint: 'Ein weiterer Prozess auf dem Rechner dieses Supervisors.',
    or: 'oder',
    address: 'Adresse seines Peer-Ports',
    addressHint: 'host:port, wie RAFT_SERVER_PORT jenes Knotens. Er muss schon laufen.',
    badAddress: 'Eine Adresse ist host:port, etwa 10.0.0.4:9000.',
    look: 'Nachsehen',
    starting: 'Ein Knoten wird gestartet …',
    looking: (via, address) => `${via} sieht nach, wer unter ${address} antwortet …`,
    seen: (via) => `Von ${via} aus gesehen`,
    identity: { id: 'Id', cluster: 'Cluster', incarnation: 'Inkarnation', url: 'HTTP' },
    noCluster: 'keiner',
    findings: {
      blank: (id) => `${id} antwortet. Er gehört zu keinem Cluster und kann hinzukommen.`,
      emptied: (id) =>
        `${id} antwortet mit leerem Verzeichnis. Er ist Mitglied, aber was er hatte, ist verloren: Er kommt wie ein neuer hinzu.`,
      returning: (id) => `${id} antwortet. Er war schon einmal Mitglied und kann wiederkommen.`,
      moved: (id) =>
        `${id} antwortet. Er ist Mitglied unter einer anderen Adresse: Die Aufnahme ändert sie.`,
      member: (id) => `${id} antwortet. Er ist schon Mitglied: Es gibt nichts zu tun.`,
      namesake: (id) =>
        `Ein leerer Knoten nennt sich ${id}, und das Mitglied ${id} läuft anderswo. Starten Sie den neuen unter einer eigenen Id (RAFT_NODE_ID).`,
      foreign: (id) =>
        `${id} antwortet und gehört zu einem anderen Cluster. Knoten mit eigenem Zustand werden nie vereinigt: Leeren Sie erst sein Verzeichnis.`,
    },
    advice: {
      'peer-unreachable':
        'Läuft der Knoten, und versperrt nichts zwischen den Rechnern seinen Peer-Port? Auch die anderen Mitglieder müssen ihn erreichen.',
      'peer-mismatch':
        'Dort antwortet etwas, das kein Knoten ist: Ist es der HTTP-Port? Gebraucht wird der Peer-Port.',
    },
    stay: 'Lernender bleiben',
    stayHint:
      'Er bekommt jeden Eintrag und stimmt nicht ab. Das Stimmrecht kann er jederzeit bekommen.',
    join: (id) => `${id} aufnehmen`,
    joining: (id) => `${id} soll als Lernender hinzukommen.`,
    catchingUp: (id) => `${id} ist Lernender und holt auf; danach ist er stimmberechtigt.`,
    stays: (id) => `${id} ist Lernender und bleibt es.`,
    done: (id) => `${id} ist stimmberechtigt.`,
    again: 'Noch einer',
    back: 'Zurück',
    retry: 'Noch einmal nachsehen',
  },
  draft: {
    title: 'Mehrere Änderungen auf einmal',
    hint: 'Alles davon geschieht oder nichts.',
    node: 'Knoten',
    now: 'Jetzt',
    after: 'Danach',
    targets: {
      voter: 'stimmberechtigt',
      'voter-now': 'sofort stimmberechtigt',
      learner: 'Lernender',
      out: 'kein Mitglied',
    },
    targetOf: (id) => `Was ${id} danach ist`,
    joint:
      'Mehr als ein Stimmberechtigter kommt oder geht: Bisherige und künftige entscheiden gemeinsam, bis es bestätigt ist.',
    single: 'Ein Schritt: Alte und neue Mehrheiten überschneiden sich.',
    nothing: 'Es würde sich nichts ändern.',
    apply: 'Mitgliedschaft ändern',
    confirm: 'Ändern',
    word: 'Mitglieder',
    applying: 'Die Mitgliedschaft wird geändert …',
    reset: 'Von vorn',
    summary: changes,
  },
};

import type { Missing } from '../../core/why/pending.js';
import type { Refusal } from '../../core/why/refused.js';
import type { Absent } from '../../core/why/voters.js';
import type { Turn } from '../../core/timeline/lives.js';
import { duration, integer } from '../../core/words.js';
import type { Catalogue } from '../catalogue.js';
import { count, list as listOf, say } from '../phrases.js';
import { effectInWords, waysInWords } from './faults-in-words.js';
import { verdict } from './verdict.js';

const list = (words: readonly string[]): string => listOf(words, 'und');

const absent = ({ id: node, vitality, how }: Absent): string => {
  const reason =
    vitality === 'unknown'
      ? ({ kind: 'unheard', node } as const)
      : ({ kind: 'away', node, vitality, how } as const);
  return say(verdict.reasons, reason).replace(/\.$/, '');
};

const disks = {
  full: 'ist voll',
  failed: 'verweigert das Schreiben',
  stalled: 'antwortet nicht',
};

const stepDowns: Record<string, string> = {
  'lost-quorum': 'ein Quorum der Stimmberechtigten hatte ihm nicht geantwortet',
  removed: 'er war nicht mehr in der Konfiguration',
  'storage-fault': 'seine Platte nahm nichts mehr an',
  transferred: 'er hatte die Führung abgegeben',
};

const became: Record<Turn['what'], string> = {
  killed: 'getötet wurde',
  crashed: 'an einem Fehler endete',
  stopped: 'beendet wurde',
  paused: 'angehalten wurde',
  resumed: 'fortgesetzt wurde',
  started: 'startete',
};

const refused: Record<Refusal, string> = {
  'change-in-progress':
    'Eine frühere Änderung ist noch nicht festgeschrieben; es gibt nur eine zur Zeit.',
  'no-leader':
    'Niemand führt, oder der Leader hat noch keinen Eintrag seines eigenen Terms festgeschrieben.',
  'not-leader': 'Der gefragte Knoten führt nicht und sollte es nicht weitergeben.',
  'not-bootstrapped': 'Der gefragte Knoten gehört zu keinem Cluster.',
  'already-bootstrapped':
    'Der Knoten gehört schon zu einem Cluster: Er wird nie in einen anderen gemischt.',
  'transfer-in-progress': 'Der Leader gibt gerade ab: Der nächste nimmt die Änderung an.',
  'transfer-failed':
    'Nur ein anderer Stimmberechtigter, der aufgeholt hat und antwortet, kann übernehmen.',
  'configuration-changed':
    'Jemand anderes hat inzwischen die Mitglieder geändert: Sehen Sie sie sich noch einmal an.',
  'address-in-use': 'Ein anderes Mitglied hat diese Adresse: Jedes braucht seine eigene.',
  'unknown-member': 'Der Cluster hat kein Mitglied dieses Namens.',
  'last-voter': 'Der Cluster bliebe ohne Stimmberechtigte.',
  'peer-unreachable':
    'Unter dieser Adresse antwortet niemand: Starten Sie den Knoten, oder berichtigen Sie die Adresse.',
  'peer-mismatch': 'Dort antwortet ein anderer Knoten als der genannte.',
  'cluster-mismatch':
    'Der Knoten gehört zu einem anderen Cluster: Leeren Sie seinen Datenträger, wenn er zu diesem soll.',
  removed: 'Der gefragte Knoten ist kein Mitglied mehr.',
  'older-member': 'Ein Mitglied läuft mit einer älteren Version, die so eine Änderung nicht kennt.',
  'storage-fault': 'Die Platte des gefragten Knotens nimmt nichts an.',
  overloaded: 'Der Leader hat gerade zu viel zu tun: Versuchen Sie es später noch einmal.',
  deadline:
    'Es wurde nicht rechtzeitig festgeschrieben: Ein Quorum der Stimmberechtigten antwortete nicht.',
};

const missing = ({ id, match, lastContactMs }: Missing): string =>
  `${id} hat sie bis ${integer(match)}` +
  (lastContactMs === null ? '' : ` und wurde zuletzt vor ${duration(lastContactMs)} gehört`);

const entries = (number: number): string => count(number, 'Eintrag', 'Einträge');
const voters = (number: number): string => count(number, 'Stimmberechtigter', 'Stimmberechtigte');
const faults = (number: number): string => count(number, 'Störung', 'Störungen');

const won = (it: { winner: string; term: number; before: string | null }): string =>
  it.before === null || it.before === it.winner
    ? `${it.winner} gewann Term ${it.term}`
    : `${it.winner} gewann Term ${it.term} nach ${it.before}`;

const old = (it: { before: string | null }): string => it.before ?? 'dem Leader';

/** What explains what was asked, each in a sentence. */
export const causes: Catalogue['why']['causes'] = {
  unheard: () => 'Diese Seite hört weder den Supervisor noch einen Knoten, also von keinem Leader.',
  'no-cluster': () =>
    'Noch gehört kein Knoten zu einem Cluster: Machen Sie einen zum ersten Mitglied.',
  led: ({ leader, term }) =>
    `Es gibt einen: ${leader} führt in Term ${term}, und ein Quorum stimmt zu.`,
  'quorum-lost': ({ up, voters: all, quorum }) =>
    `Nur ${up} von ${voters(all)}n laufen, und es braucht ${quorum}, um einen Leader zu wählen.`,
  stalled: ({ nodes, ms }) =>
    `Der Prozess von ${list(nodes)} stand ${duration(ms)} still: länger, als ein Wahltimer läuft.`,
  'voters-down': ({ absent: those }) => `${list(those.map(absent))}.`,
  emptied: ({ voters: those }) =>
    `${list(those)} kam mit leerem Datenträger zurück: Seine Stimme zählt erst, wenn er wieder aufgenommen ist.`,
  disk: ({ voters: those, fault }) =>
    `Die Platte von ${list(those)} ${disks[fault]}: Ohne sie lässt sich weder Stimme noch Eintrag bewahren.`,
  'no-quorum-connected': ({ sides, quorum }) =>
    `Kein Knoten hört ${quorum} Stimmberechtigte und wird von ihnen gehört: ${sides.map((side) => list(side)).join(' | ')}.`,
  'leader-alone': ({ leader, term, agreeing, quorum }) =>
    `${leader} sagt, dass er in Term ${term} führt, aber nur ${agreeing.length} von ${quorum} nötigen Stimmberechtigten stimmen zu. Er gibt auf, wenn ihm kein Quorum antwortet.`,
  flapping: ({ faults: those }) =>
    `Die Verbindung ${list(those.map(({ ways }) => waysInWords(ways)))} ist abwechselnd gekappt und frei: Eine Wahl, die beginnt, solange sie frei ist, endet vielleicht nicht.`,
  'log-behind': ({ candidate, refusers, term }) =>
    `${list(refusers)} lehnte ${candidate} in Term ${term} ab: Dem Log von ${candidate} fehlen Einträge, die festgeschrieben sein können. Einer mit neuerem Log muss antreten.`,
  'split-vote': ({ candidates, term }) =>
    `Die Stimmen von Term ${term} teilten sich auf ${list(candidates)}: Niemand bekam ein Quorum. Die Timer werden ausgelost, also gelingt sehr wahrscheinlich der nächste Versuch.`,
  'terms-rising': ({ from, to, ms }) =>
    `Die Terme ${from} bis ${to} begannen innerhalb von ${duration(ms)}, und niemand gewann eine.`,
  'leader-alive': ({ candidate, refusers }) =>
    `${list(refusers)} lehnte ${candidate} ab: Gerade erst war ein Leader zu hören.`,
  'under-way': ({ candidates, term, pre }) => {
    const [ask, wonder] = candidates.length === 1 ? ['bittet', 'fragt'] : ['bitten', 'fragen'];
    return pre
      ? `${list(candidates)} ${wonder}, ob eine Wahl zu gewinnen wäre.`
      : `Eine Wahl läuft: ${list(candidates)} ${ask} in Term ${term} um Stimmen.`;
  },
  'election-due': ({ last, electionMs }) =>
    `${last === null ? 'Noch niemand hat geführt' : `${last} führte zuletzt`}; ein Follower tritt an, wenn er ${electionMs[0]} bis ${electionMs[1]} ms lang keinen Leader gehört hat.`,

  healthy: ({ tolerance }) =>
    `Alle Stimmberechtigten laufen und folgen dem Leader; ${voters(tolerance)} ${tolerance === 1 ? 'darf' : 'dürfen'} noch ausfallen.`,
  'does-not-work': () => 'Er arbeitet gar nicht: Niemand führt mit einem Quorum.',
  'not-following': ({ voters: those, leader }) =>
    `${list(those)} ${those.length === 1 ? 'läuft und folgt' : 'laufen und folgen'} ${leader} nicht.`,
  'faults-in-force': ({ faults: those }) =>
    `${faults(those.length)} ${those.length === 1 ? 'ist' : 'sind'} in Kraft.`,
  lagging: ({ voters: those }) =>
    `${list(those)} ${those.length === 1 ? 'kommt' : 'kommen'} dem Leader nicht nach.`,
  'joint-configuration': () =>
    'Zwei Konfigurationen gelten: Es braucht eine Mehrheit der alten und der neuen Stimmberechtigten.',
  'too-few-voters': ({ voters: number, learners }) =>
    number === 1
      ? `Es gibt nur einen Stimmberechtigten: Zwei weitere braucht es, um den Ausfall eines einzigen zu überstehen.${promotable(learners)}`
      : `Von zwei Stimmberechtigten darf keiner ausfallen: Ein dritter fehlt.${promotable(learners)}`,

  'no-change': () => 'Diese Seite hat noch keine Wahl gesehen.',
  first: (it) => `${won(it)}: die erste, von der diese Seite weiß.`,
  transfer: (it) => `${won(it)}, weil ${old(it)} auf Wunsch an ihn abgab.`,
  asked: (it) => `${won(it)}, weil jemand ihn bat anzutreten.`,
  process: (it) =>
    `${won(it)}, weil der Prozess von ${old(it)} ${became[it.what]}${it.how === null ? '' : ` (${it.how})`}.`,
  'stepped-down': (it) =>
    `${won(it)}, weil ${old(it)} zurücktrat: ${stepDowns[it.reason] ?? it.reason}.`,
  'cut-off': (it) =>
    `${won(it)}, weil zwischen ${old(it)} und den anderen ${faults(it.faults.length)} von ${list([...new Set(it.faults.map(({ owner }) => owner))])} ${it.faults.length === 1 ? 'stand' : 'standen'}.`,
  'loop-stall': (it) =>
    `${won(it)}, weil der Prozess von ${old(it)} ${duration(it.ms)} stillgestanden hatte.`,
  'connection-closed': (it) =>
    `${won(it)}, weil die Verbindung zu ${old(it)} abbrach; warum, weiß hier niemand.`,
  silence: (it) =>
    `${won(it)}, weil er von ${old(it)} länger als einen Wahltimer nichts gehört hatte` +
    `${it.electionMs === null ? '' : ` (${it.electionMs[0]} bis ${it.electionMs[1]} ms)`}; warum, weiß hier niemand.`,

  'unknown-node': ({ node }) => `Diese Seite kennt keinen Knoten ${node}.`,
  'not-behind': ({ node }) =>
    `Er liegt nicht zurück: ${node} hat alles, was festgeschrieben ist, und hat es angewendet.`,
  'not-running': ({ node, vitality, how }) => `${absent({ id: node, vitality, how })}.`,
  'not-a-member': ({ node }) =>
    `${node} ist kein Mitglied dieses Clusters: Niemand schickt ihm Einträge.`,
  'nobody-leads': ({ node }) => `Es gibt keinen Leader, der ${node} Einträge schicken könnte.`,
  'link-faults': ({ node, leader, faults: those }) =>
    `${faults(those.length)} zwischen ${leader} und ${node}: ${list(those.map(({ effect, ways }) => `${waysInWords(ways)} ${effectInWords(effect)}`))}.`,
  'not-connected': ({ node, leader, error }) =>
    `${leader} hat keine Verbindung zu ${node}${error === '' ? '' : `: ${error}`}.`,
  snapshot: ({ node, leader, transfer }) =>
    `${node} braucht Einträge, die das Log von ${leader} nicht mehr hat, und bekommt darum einen Snapshot` +
    (transfer === null
      ? '.'
      : ` beim Index ${integer(transfer.index)}: ${percent(transfer.receivedBytes, transfer.bytes)} ist da.`),
  conflict: ({ node, leader, next }) =>
    `Das Log von ${node} weicht von dem von ${leader} ab, der zurückgeht, bis beide übereinstimmen; er ist jetzt bei ${integer(next)}.`,
  'disk-refuses': ({ node, fault }) => `Die Platte von ${node} ${disks[fault]}.`,
  'disk-slow': ({ node, undurable, syncMs }) =>
    `Die Platte von ${node} ist langsam: Ein Sync dauert bis zu ${duration(syncMs)}, und ${entries(undurable)} warten darauf.`,
  stalls: ({ node, ms }) =>
    `Der Prozess von ${node} steht immer wieder bis zu ${duration(ms)} still.`,
  'just-started': ({ node, ms, missing: lacking }) =>
    `${node} läuft erst seit ${duration(ms)} und holt auf: Es fehlen noch ${entries(lacking)}.`,
  applying: ({ node, unapplied }) =>
    `${node} hat alles, was er festgeschrieben weiß, und muss noch ${entries(unapplied)} anwenden.`,
  'catching-up': ({ node, leader, missing: lacking, inflight }) =>
    `${node} fehlen ${entries(lacking)}; ${leader} schickt sie (${count(inflight, 'Nachricht', 'Nachrichten')} unterwegs).`,

  'nothing-pending': () =>
    'Keiner wartet: Alles, was der Leader angenommen hat, ist festgeschrieben.',
  'no-leader-to-commit': ({ index }) =>
    index === null
      ? 'Niemand führt: Nichts wird angenommen und nichts festgeschrieben.'
      : `Niemand führt mit einem Quorum: Der Eintrag ${integer(index)} wartet darauf und ist verloren, wenn ihn der nächste Leader nicht hat.`,
  'not-in-log': ({ index, leader, last }) =>
    `Das Log von ${leader} endet bei ${integer(last)}: Der Eintrag ${integer(index)} wurde hier nie angenommen, oder er ging mit einem früheren Leader, der ihn nicht festgeschrieben hatte.`,
  acknowledgements: ({ index, leader, have, quorum, missing: behind }) =>
    `${have} von ${quorum} nötigen Stimmberechtigten haben den Eintrag ${integer(index)}; ${leader} wartet: ${list(behind.map(missing))}.`,
  'leader-disk': ({ index, leader, durable }) =>
    `${leader} selbst hat erst bis ${integer(durable)} auf der Platte: Beim Eintrag ${integer(index)} zählt er sich mit, sobald der geschrieben ist.`,
  joint: ({ index }) =>
    `Zwei Konfigurationen gelten: Der Eintrag ${integer(index)} braucht auch eine Mehrheit der alten Stimmberechtigten.`,
  'older-term': ({ index, leader, term }) =>
    `Ein Quorum hat den Eintrag ${integer(index)}, aber ${leader} darf ihn nur zusammen mit einem Eintrag seines eigenen Terms ${term} festschreiben.`,
  'apply-queue': ({ index, node, applied }) =>
    `Er ist festgeschrieben; ${node} hat bis ${integer(applied)} angewendet und kommt bald zu ${integer(index)}.`,
  done: ({ index, applied, heard }) =>
    `Er wartet nicht: Der Eintrag ${integer(index)} ist festgeschrieben und auf ${applied.length} von ${heard} antwortenden Knoten angewendet.`,

  refused: ({ code }) => refused[code],
  'waits-for-change': ({ index, missing: behind }) =>
    `Die Änderung beim Index ${integer(index)} ist noch nicht festgeschrieben, und es gibt nur eine zur Zeit.` +
    (behind.length === 0
      ? ''
      : ` ${list(behind)} ${behind.length === 1 ? 'hat' : 'haben'} sie nicht bestätigt.`),
};

const promotable = (learners: readonly string[]): string =>
  learners.length === 0 ? '' : ` ${list(learners)} kann befördert werden.`;

const percent = (part: number, whole: number): string =>
  whole === 0 ? '0 %' : `${Math.floor((part / whole) * 100)} %`;

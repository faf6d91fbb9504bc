import type { FaultEffect } from '@quorate/contract';
import type { Unplaceable } from '../../core/chaos/plan.js';
import type { Preset } from '../../core/chaos/presets.js';
import type { Passage } from '../../core/chaos/reachability.js';
import type { Way } from '../../core/chaos/ways.js';
import type { LinksIf } from '../../core/whatif/if-links.js';
import { count, list } from '../phrases.js';
import { effectInWords, waysInWords } from './faults-in-words.js';

const passages: Record<Passage, string> = {
  up: 'up',
  delayed: 'delayed',
  lossy: 'lossy',
  flapping: 'flapping',
  cut: 'cut',
  disconnected: 'not connected',
  down: 'down',
};

const presets: Record<Preset, { readonly name: string; readonly lesson: string }> = {
  'isolate-leader': {
    name: 'Isolate the leader',
    lesson: 'The others elect a new one; the old one gives up when it finds itself alone.',
  },
  split: {
    name: 'Split majority and minority',
    lesson: 'The leader is left with the smaller side: what is written there is never committed.',
  },
  bridge: {
    name: 'Bridge',
    lesson: 'Two halves that do not hear each other, and one node that hears both.',
  },
  'deaf-ear': {
    name: 'One deaf ear',
    lesson: 'One follower hears nobody, but everybody hears it: pre-votes keep it from disturbing.',
  },
  'flapping-link': {
    name: 'Flapping link',
    lesson: 'The link of the leader to one follower is cut and whole by turns.',
  },
  'slow-leader': {
    name: 'Slow leader',
    lesson: 'Whatever the leader says comes 300 ms late: writes take longer, and none is lost.',
  },
};

const unplaced: Record<Unplaceable, (ways: readonly Way[]) => string> = {
  'chaos-off': (ways) =>
    `${waysInWords(ways)}: neither node takes faults. Start them with QUORATE_CHAOS=on.`,
  unreachable: (ways) => `${waysInWords(ways)}: neither node answers this page.`,
};

/** `+200 ms`, `20 %` */
function amount(it: FaultEffect): string {
  if (it.type === 'delay') return `+${it.ms} ms`;
  return it.type === 'loss' ? `${Math.round(it.chance * 100)} %` : '';
}

/** Faults, and the page on which they are made. */
export const chaos = {
  lead: 'Cut, delay or lose what the nodes tell each other, and watch what Raft makes of it.',
  off: 'No node takes faults: they were not started with QUORATE_CHAOS=on.',
  someOff: (nodes: readonly string[]) =>
    `${list(nodes)} ${nodes.length === 1 ? 'takes' : 'take'} no faults: not started with QUORATE_CHAOS=on.`,
  noNodes: 'There is no cluster yet: two members are needed to part them.',
  passages,
  effect: effectInWords,
  ways: waysInWords,
  matrix: {
    title: 'Who reaches whom',
    caption: 'Rows send, columns receive. Choose a cell to change that link.',
    /** The figure of an effect, where there is little room. */
    amount,
    corner: '↓ to →',
    cell: ({ from, to }: Way, passage: string, faults: readonly FaultEffect[]) =>
      [`${from} to ${to}: ${passage}`, ...faults.map(effectInWords)].join(', '),
    legend: 'Marks',
  },
  link: {
    title: (from: string, to: string) => `The link ${from} → ${to}`,
    none: 'No fault stands on it.',
    connection: (error: string) => `No connection${error === '' ? '' : `: ${error}`}.`,
    kind: 'Effect',
    kinds: { cut: 'Cut', delay: 'Delay', loss: 'Loss', flap: 'Flap' },
    delayMs: 'Delay, ms',
    lossPercent: 'Loss, %',
    cutMs: 'Cut for, ms',
    wholeMs: 'Whole for, ms',
    direction: 'Direction',
    oneWay: (from: string, to: string) => `${from} → ${to}`,
    bothWays: 'both ways',
    close: 'Close',
  },
  partition: {
    title: 'Partition',
    how: 'Draw a line across the ring, or press nodes to put them on the other side.',
    ring: 'The nodes, to be parted',
    side: 'side',
    clear: 'Clear',
    presets: 'Presets',
  },
  presets,
  noPreset: 'There has to be a leader, and enough followers.',
  plan: {
    title: 'What it would do',
    none: 'Draw a line, press nodes, choose a preset or a cell: what it would do stands here before it is done.',
    sides: ({ sides }: LinksIf) =>
      sides.length < 2
        ? 'All nodes that are up stay connected, directly or over others.'
        : `${sides.map((side) => list(side)).join(' | ')}: no link between these works both ways.`,
    able({ ableToLead, after: { quorum } }: LinksIf): string {
      if (ableToLead.length === 0) {
        return `Nobody reaches a quorum of ${quorum}: nothing can be written.`;
      }
      return `${list(ableToLead)} ${ableToLead.length === 1 ? 'reaches' : 'reach'} a quorum of ${quorum}: one of them leads, and writes go on.`;
    },
    leader({ before: { leader }, strands }: LinksIf): string {
      if (leader === null) return 'Nobody leads now.';
      return strands
        ? `${leader} leads now, and strands: it cannot commit any more, and gives up.`
        : `${leader} leads now, and keeps its quorum.`;
    },
    unplaced,
    apply: 'Apply',
    applyName: (what: string) => `Apply: ${what}`,
    confirm: (what: string) => `Confirm: ${what}`,
    busy: 'Applying…',
    loses: 'The quorum would be lost: nothing can be written until it heals.',
    asPartition: (one: readonly string[], other: readonly string[]) =>
      `Part ${list(one)} from ${list(other)}`,
    asLink: (way: Way, it: FaultEffect, both: boolean) =>
      `${way.from} ${both ? '↔' : '→'} ${way.to} ${effectInWords(it)}`,
  },
  settings: {
    owner: 'Your name',
    ownerHint: 'So that others know whose fault it is. Kept in this browser.',
    ttl: 'Heals by itself after',
    ttls: (seconds: number) => (seconds < 60 ? `${seconds} s` : `${seconds / 60} min`),
  },
  list: {
    title: 'Faults in force',
    none: 'No fault is in force.',
    restart: 'A fault lives in its node’s process: when that restarts, it is gone.',
    by: (owner: string, node: string) => `by ${owner}, at ${node}`,
    left: (seconds: number) => (seconds < 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`),
  },
  heal: {
    face: 'Heal',
    name: (ways: readonly Way[], it: FaultEffect) =>
      `Heal ${waysInWords(ways)} (${effectInWords(it)})`,
    busy: 'Healing…',
    all: 'Heal all',
    allBusy: 'Healing all…',
    allNone: 'No fault is in force now.',
  },
  isolate: {
    face: 'Isolate',
    name: (node: string) => `Isolate ${node}`,
    confirm: (node: string) => `Confirm isolate ${node}`,
    busy: (node: string) => `Isolating ${node}…`,
  },
  strip: {
    show: 'Show',
    label: 'Faults in force',
    count: (faults: number) => `${count(faults, 'fault')} in force`,
    now: 'This is now: the page below shows the past.',
    by: (owners: readonly string[]) => `by ${list(owners)}`,
    next: (left: string) => `the first heals in ${left}`,
  },
  processes: {
    title: 'Processes',
    hint: 'To kill or pause a node is a fault too. These last until somebody starts or resumes it.',
  },
};

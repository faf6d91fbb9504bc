import { defaultElections } from '../../core/options.js';
import type { Weather } from '../weather.js';

/** Weather in which one kind of thing happens often. */
type Targeted = Partial<Weather>;

/** Nobody asks before it stands, many stand at once, and word of it comes late. */
export const rashElections: Targeted = {
  elections: [{ ...defaultElections, preVote: false }],
  timing: { heartbeatMs: 40, electionMs: [120, 130], stallMs: 260 },
  conditions: {
    delayMs: [0.1, 60],
    lossChance: 0.02,
    duplicateChance: 0,
    lateChance: 0.1,
    lateMs: [20, 600],
    noiseChance: 0,
  },
  diskMs: [0.1, 1],
  faults: {
    kinds: ['crash', 'isolate', 'one-way', 'split', 'restart-storm', 'disk-failure'],
    everyMs: [0, 300],
  },
};

/** Leaders are cut off from others and from each other, while clients ask all of them. */
export const staleLeaders: Targeted = {
  clients: { count: 5, keys: 1, maxBytes: 64, thinkMs: [0, 20] },
  faults: { kinds: ['isolate', 'one-way', 'split', 'pause', 'transfer'], everyMs: [0, 600] },
};

/** Disks are lost, and nodes added again, again and again. */
export const lostDisks: Targeted = {
  faults: {
    kinds: ['wipe', 'damage', 'transfer', 'crash', 'isolate', 'demotion'],
    everyMs: [0, 800],
  },
};

/** Processes die in the middle of writes that fill several sectors. */
export const deathsInWrites: Targeted = {
  clients: { count: 4, keys: 2, maxBytes: 2000, thinkMs: [0, 50] },
  faults: { kinds: ['crash-in-write', 'crash', 'power-loss', 'disk-failure'], everyMs: [0, 600] },
};

/** The membership changes all the time, often by several at once, and leaders are cut off meanwhile. */
export const changingMembers: Targeted = {
  faults: { kinds: ['removal', 'demotion', 'isolate', 'split', 'transfer'], everyMs: [0, 500] },
};

/** Busy clients with sessions, whose leaders are cut off from them and from each other. */
export const doubtfulWrites: Targeted = {
  sessionClients: { count: 6, keys: 2, ttlMs: 1000, thinkMs: [0, 50] },
  faults: { kinds: ['isolate', 'split', 'broken-connection', 'crash'], everyMs: [0, 400] },
};

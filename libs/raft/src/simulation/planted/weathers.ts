import { defaultElections } from '../../core/options.js';
import type { Weather } from '../weather.js';
import { calm, type Conditions } from '../world/conditions.js';

/** Weather in which one kind of thing happens often. */
type Targeted = Partial<Weather>;

const clear: Conditions = { ...calm, delayMs: [0.1, 20] };

/** Nobody asks before it stands, much of what is said is lost, and voters die all the time. */
export const rashElections: Targeted = {
  elections: [{ ...defaultElections, preVote: false }],
  timing: { heartbeatMs: 60, electionMs: [300, 330], stallMs: 660 },
  conditions: { ...clear, lossChance: 0.3 },
  diskMs: [0.1, 1],
  faults: { kinds: ['restart-storm', 'crash', 'broken-connection'], everyMs: [0, 200] },
};

/** Nobody asks before it stands, many stand at once, and word of it comes late. */
export const manyCandidates: Targeted = {
  elections: [{ ...defaultElections, preVote: false }],
  timing: { heartbeatMs: 40, electionMs: [120, 130], stallMs: 260 },
  conditions: { ...clear, delayMs: [0.1, 60], lateChance: 0.1, lateMs: [20, 600] },
  diskMs: [0.1, 1],
  faults: { kinds: ['crash', 'isolate', 'one-way', 'split', 'disk-failure'], everyMs: [0, 300] },
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

/** Leaders are emptied, and lead again under their old name while others were away. */
export const replacedLeaders: Targeted = {
  conditions: clear,
  diskMs: [0.1, 1],
  faults: { kinds: ['wipe', 'transfer', 'isolate', 'crash'], everyMs: [0, 500] },
};

/** Followers sleep, stay loyal, and hear old news first when they wake. */
export const sleepyFollowers: Targeted = {
  timing: { heartbeatMs: 100, electionMs: [2000, 3000], stallMs: 6000 },
  clients: { count: 8, keys: 1, maxBytes: 64, thinkMs: [0, 20] },
  conditions: { ...clear, delayMs: [0.1, 30] },
  faults: { kinds: ['pause', 'sleep'], everyMs: [0, 1000] },
};

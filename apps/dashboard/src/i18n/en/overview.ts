import type { NodeProcess, ProcessState } from '@quorate/contract';
import { exitInWords } from '../../core/cluster/observation.js';
import { duration, integer } from '../../core/words.js';
import { count } from '../phrases.js';

const states: Record<ProcessState, string> = {
  starting: 'starting',
  running: 'up',
  paused: 'paused',
  stopping: 'stopping',
  exited: 'exited',
};

/** The first page: the cluster at a glance. */
export const overview = {
  since: (ms: number) => `for ${duration(ms)}`,
  writes: 'Writes / s',
  commit: 'Commit',
  sync: 'Fsync',
  p99: (latency: string) => `p99 ${latency}`,
  entries: (rate: number) => `${count(rate, 'entry', 'entries')} a second`,
  atMost: (rate: number) => `at most ${integer(rate)} in the last minute`,
  nodes: 'Nodes',
  compare: 'Compare',
  members: 'Add or remove',
  node: 'Node',
  role: 'Role',
  applied: 'Applied',
  last: 'Last',
  contact: 'Heard',
  process: 'Process',
  actions: 'Actions',
  noNodes: 'No node is known yet.',
  believes: (leader: string) => `believes in ${leader}`,
  believesNobody: 'believes in nobody',
  foreign: 'not of this supervisor',
  /** `up 3 min 12 s`, `exited (SIGKILL)` */
  processOf(process: NodeProcess, told: boolean, now: number): string {
    const { state, startedAt } = process;
    if (!told) return `${states[state]} when last told`;
    const how = exitInWords(process);
    if (state === 'exited') return how === null ? states.exited : `${states.exited} (${how})`;
    return startedAt === null ? states[state] : `${states[state]} ${duration(now - startedAt)}`;
  },
};

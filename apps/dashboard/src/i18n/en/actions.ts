import type { ProcessAction } from '@quorate/contract';
import type { Group } from '../../actions/action.js';

interface ProcessWords {
  readonly face: string;
  /** As `Kill n1`. */
  readonly name: (node: string) => string;
  /** As `Confirm kill n1`. */
  readonly confirm: (node: string) => string;
  readonly busy: (node: string) => string;
}

function process(face: string, doing: string): ProcessWords {
  return {
    face,
    name: (node) => `${face} ${node}`,
    confirm: (node) => `Confirm ${face.toLowerCase()} ${node}`,
    busy: (node) => `${doing} ${node}…`,
  };
}

const processes: Record<ProcessAction, ProcessWords> = {
  pause: process('Pause', 'Pausing'),
  resume: process('Resume', 'Resuming'),
  restart: process('Restart', 'Restarting'),
  start: process('Start', 'Starting'),
  stop: process('Stop', 'Stopping'),
  kill: process('Kill', 'Killing'),
  wipe: process('Wipe', 'Wiping'),
};

const groups: Record<Group, string> = {
  go: 'Go to',
  node: 'Nodes and their processes',
  member: 'Membership',
  fault: 'Faults',
  data: 'Keys',
  time: 'Time',
  view: 'This page',
};

/** What a person can do, and how it is asked whether they mean it. */
export const actions = {
  groups,
  processes,
  past: 'You are looking at the past: go back to live.',
  noSupervisor: 'The supervisor does not answer.',
  bootstrap: {
    face: 'Make it the first member',
    name: (node: string) => `Make ${node} the first member`,
  },
  join: {
    face: 'Join',
    name: (node: string) => `Join ${node}`,
    nobody: 'No member is up to take it in.',
  },
  help: 'Show the shortcuts',
  palette: 'Search all actions',
  write: 'Write a key',
  search: 'Search the keys',
  theme: 'Next colours',
  settings: 'Settings',
  goTo: (place: string) => `Go to ${place}`,
  confirm: {
    type: (word: string) => `Type ${word} to go on`,
    cancel: 'Cancel',
    takeBack: 'Esc takes it back.',
    on: (node: string) => `Actions on ${node}`,
    more: (node: string) => `More about ${node}`,
  },
};

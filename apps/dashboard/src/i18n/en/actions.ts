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
  recorded: 'You are looking at a recording: go back to the live cluster.',
  noSupervisor: 'The supervisor does not answer.',
  bootstrap: {
    face: 'Make it the first member',
    name: (node: string) => `Make ${node} the first member`,
    busy: (node: string) => `${node} founds a cluster…`,
  },
  join: {
    face: 'Join',
    name: (node: string) => `Join ${node}`,
    busy: (node: string) => `Joining ${node}…`,
  },
  members: {
    promote: process('Promote', 'Promoting'),
    demote: process('Demote', 'Demoting'),
    remove: process('Remove', 'Removing'),
    transfer: {
      face: 'Hand leadership over',
      name: (node: string) => `Hand leadership over to ${node}`,
      confirm: (node: string) => `Hand over to ${node}`,
      busy: (node: string) => `Handing over to ${node}…`,
    },
    nobody: 'No member is up that could be asked.',
    noLeader: 'There is no leader: the membership cannot change.',
    underWay: 'An earlier change of the membership is not committed yet.',
    notUp: (node: string) => `${node} is not up.`,
  },
  nodes: {
    forget: {
      face: 'Forget',
      name: (node: string) => `Forget ${node}`,
      confirm: (node: string) => `Forget ${node}`,
      busy: (node: string) => `Forgetting ${node}…`,
    },
    election: {
      face: 'Force an election',
      name: (node: string) => `Force an election at ${node}`,
      confirm: (node: string) => `Let ${node} stand for election`,
      busy: (node: string) => `${node} stands for election…`,
    },
    snapshot: {
      face: 'Take a snapshot',
      name: (node: string) => `Take a snapshot on ${node}`,
      busy: (node: string) => `${node} takes a snapshot…`,
    },
  },
  help: 'Show the shortcuts',
  palette: 'Search all actions',
  write: 'Write a key',
  search: 'Search the keys',
  theme: 'Next colours',
  settings: 'Settings',
  add: 'Add a node',
  goTo: (place: string) => `Go to ${place}`,
  confirm: {
    type: (word: string) => `Type ${word} to go on`,
    cancel: 'Cancel',
    takeBack: 'Esc takes it back.',
    on: (node: string) => `Actions on ${node}`,
    more: (node: string) => `More about ${node}`,
  },
};

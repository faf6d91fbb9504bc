import type { SupervisorSkew } from '../../api/supervisor-stream.js';
import type { Choices } from '../../state/preferences.svelte.js';
import type { Notice } from '../../state/notices.svelte.js';
import { duration } from '../../core/words.js';
import { count, list, type Sentences } from '../phrases.js';

type ChoiceWords = { readonly [Name in keyof Choices]: Record<Choices[Name], string> };

const choices: ChoiceWords = {
  theme: { system: 'As the system', light: 'Light', dark: 'Dark', contrast: 'High contrast' },
  motion: { system: 'As the system', reduced: 'Reduced' },
  density: { comfortable: 'Comfortable', compact: 'Compact' },
  stage: { suited: 'As suits the device', ring: 'A ring', table: 'Tables' },
  language: { system: 'As the browser', en: 'English', de: 'Deutsch' },
  shortcuts: { on: 'On', off: 'Off' },
};

const choiceTitles: Record<keyof Choices, string> = {
  theme: 'Colours',
  motion: 'Motion',
  density: 'Density',
  stage: 'The Stage is',
  language: 'Language',
  shortcuts: 'Single keys act',
};

const notices: Sentences<Notice> = {
  returned: ({ node, events, missing }) =>
    missing > 0
      ? `${node} is heard again: ${count(events, 'event')} caught up, ${count(missing, 'event')} lost for good. The feed shows where.`
      : `${node} is heard again: ${count(events, 'event')} caught up, nothing lost.`,
};

const supervisorSkew: Sentences<SupervisorSkew> = {
  version: ({ supervisor, page }) =>
    `The supervisor is of version ${supervisor}, this page of ${page}: what only one of them knows is missing here.`,
  unreadable: () =>
    'The supervisor speaks another version of the protocol than this page, which cannot read it.',
};

/** The frame around every page. */
export const shell = {
  skip: 'Skip to the page',
  pages: {
    overview: 'Overview',
    stage: 'Stage',
    nodes: 'Nodes',
    data: 'Data',
    timeline: 'Timeline',
    chaos: 'Chaos',
    members: 'Membership',
    metrics: 'Metrics',
  },
  navigation: 'Pages',
  announcements: 'Announcements',
  all: 'All',
  loading: 'Loading the page…',
  notLoaded: (problem: string) => `This page could not be loaded: ${problem}`,
  close: 'Close',
  copy: { copy: 'Copy', copied: 'Copied', forbidden: 'Not allowed' },
  inspector: {
    titles: { why: 'Why', message: 'Message', entry: 'Entry', between: 'Link', who: 'Node' },
    width: 'Width of this column',
  },
  bar: {
    cluster: (id: string) => `Cluster ${id}`,
    why: (health: string) => `${health}: why?`,
    term: 'term',
    leader: 'leader',
    none: 'none',
    spare: 'can lose',
    nobody: 'nobody',
    search: 'Search',
    settings: 'Settings',
    shortcuts: 'Keyboard shortcuts',
  },
  connection: {
    supervisor: {
      connecting: 'Connecting to the supervisor',
      open: 'Supervisor connected',
      closed: 'Supervisor unreachable, trying again',
    },
    live: 'Live',
    heard: (some: number, all: number) => `${some} of ${count(all, 'node')} heard`,
    past: (clock: string) => `As it was at ${clock}`,
    goLive: 'Back to live',
  },
  banner: {
    old: (ms: number | null) =>
      ms === null
        ? 'Nothing was ever heard.'
        : `Everything below is as it was last heard, ${duration(ms)} ago.`,
    again: 'This page tries again about once a second.',
    retry: 'Retry now',
    skew: (who: readonly string[]) =>
      `${list(who)} ${who.length === 1 ? 'speaks' : 'speak'} another version of the protocol than this page, which cannot read it.`,
    supervisorSkew,
    reload: 'Reload the page',
    notices: 'Notices',
    dismiss: 'Dismiss',
  },
  notices,
  settings: { title: 'Settings', choices, choiceTitles },
  palette: {
    title: 'What do you want to do?',
    field: 'Search all actions',
    none: 'Nothing is called that.',
  },
  help: {
    title: 'Keyboard shortcuts',
    onNodes: 'While the focus is in the panel or row of a node',
    escape: 'Take back a first click; close what is open',
    off: 'Single keys are switched off: see the settings.',
    then: 'then',
  },
};

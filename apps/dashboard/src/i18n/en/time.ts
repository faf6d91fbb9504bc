import { clock, duration } from '../../core/words.js';

/** The transport bar, and recordings. */
export const time = {
  actions: {
    play: 'Play',
    pause: 'Pause',
    back: 'Step back',
    step: 'Step on',
    slower: 'Slower',
    faster: 'Faster',
    live: 'Back to live',
    close: 'Back to the live cluster',
    open: 'Open a recording',
  },
  bar: 'Time',
  live: 'LIVE',
  end: 'END',
  speed: 'Speed',
  speedOf: (speed: number) => (speed < 1 ? `1/${Math.round(1 / speed)}×` : `${speed}×`),
  at: 'Time of day',
  wrongTime: 'A time like 14:03:09.120, in what is known.',
  zoomIn: 'Show less time',
  zoomOut: 'Show more time',
  follow: 'Show the last',
  last: (ms: number) => (ms % 60_000 === 0 ? `${ms / 60_000} min` : duration(ms)),
  part: 'a part',
  tape: 'Moment that is shown',
  tapeHint:
    'Arrow keys go from event to event, with Shift by a second, Page keys by a tenth, Home and End to the ends.',
  moment: (t: number, term: number | null, leader: string | null) =>
    term === null
      ? `${clock(t)}, nothing known`
      : `${clock(t)}, term ${term}, ${leader ? `${leader} leads` : 'no leader'}`,
  term: (term: number) => `term ${term}`,
  marks: {
    won: (node: string, term: number) => `${node} is elected, term ${term}`,
    election: (node: string, term: number) => `${node} stands for term ${term}, and is not elected`,
    started: (node: string) => `${node} starts`,
    stopped: (node: string) => `${node} is stopped`,
    killed: (node: string) => `${node} is killed`,
    crashed: (node: string) => `${node} crashes`,
    paused: (node: string) => `${node} is paused`,
    resumed: (node: string) => `${node} goes on`,
    membership: () => 'the membership changes',
    gap: (node: string) => `events of ${node} are missing`,
  },
  fault: (from: string, to: string, owner: string) => `fault ${from}–${to} of ${owner}`,
  unheard: 'nothing was heard',
  recording: {
    banner: (of: string, at: string) => `You are looking at a recording of ${of}, made ${at}.`,
    cluster: (id: string | null) => (id === null ? 'no cluster' : `cluster ${id.slice(0, 8)}`),
    redacted: 'What the processes printed was left out.',
    skipped: (records: number) =>
      `${records} ${records === 1 ? 'record is' : 'records are'} of a kind that this version does not know, and left out.`,
    drop: 'Drop the recording to open it',
    opening: 'Opening the recording…',
    writing: 'Writing the recording…',
    offer: 'No cluster answers here. A recording can be looked at without one.',
    export: 'Save a recording',
    whole: 'All that is known',
    visible: 'What the scrubber shows',
    redact: 'Leave out what the processes printed',
    contains:
      'A recording holds what the nodes told this page: states, events, messages and figures. Keys and values are never in it.',
    save: 'Save',
    dismiss: 'Dismiss',
    trouble: {
      foreign: () => 'This file is no recording.',
      newer: (version: number) =>
        `A later version of Quorate wrote this recording (format ${version}): open it there.`,
      damaged: (line: number, byte: number) =>
        `The recording is damaged in line ${line}, at byte ${byte} of its text. Nothing of it was opened.`,
      'too-large': (mebibytes: number) =>
        `The recording holds more than ${mebibytes} MiB, which is more than this page opens.`,
      failed: (message: string) => `The browser could not do that: ${message}`,
    },
  },
};

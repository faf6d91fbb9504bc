import type { Comparison } from '../../core/data/copies.js';
import { integer } from '../../core/words.js';
import { count } from '../phrases.js';

const keys = (number: number) => count(number, 'key');
const comparisons: Readonly<Record<Comparison, string>> = {
  same: 'the same',
  older: 'an older value',
  newer: 'a newer value',
  missing: 'no such key here',
  extra: 'a key that the other has not',
  'other-value': 'another value at the same index',
};

/** The Data page. */
export const data = {
  /** Above the tree. */
  search: 'Search keys',
  searchHint: 'text in the name',
  node: 'Ask',
  level: 'Reads are',
  levels: {
    linearizable: 'linearizable: the newest',
    lease: 'lease: the newest, quicker',
    bounded: 'bounded: 1 s old at most',
    local: 'local: perhaps old',
  },
  leads: (id: string) => `${id} (leader)`,
  newKey: 'New key',
  newKeyHere: 'New key here',
  refresh: 'Read again',
  pastNote: 'The keys are shown as they are now: the history holds no values.',
  outdated: 'More keys changed at once than can be told one by one: the tree may be old.',

  /** The tree. */
  tree: (node: string) => `Keys at ${node}`,
  nobody: 'No node can be asked.',
  more: 'More…',
  reading: 'Reading…',
  full: (held: number) =>
    `${integer(held)} keys are shown, which is all a page can hold. Search instead.`,
  noKeys: 'No keys yet.',
  noKeysHere: 'Nothing in here any more.',
  firstKey: 'Write the first key',
  tryAgain: 'Try again',
  readLocally: (node: string) => `Read what ${node} has`,
  found: (number: number) => `${keys(number)} found`,
  searching: (reached: string | null) =>
    reached === null ? 'Searching…' : `Searching, at ${reached}…`,
  searchPaused: (number: number) => `${keys(number)} found, and not at the end`,
  nothingFound: (text: string) => `No key has “${text}” in its name.`,
  goOn: 'Go on',
  stop: 'Stop',
  bytes: (number: number) => count(number, 'byte'),
  index: (number: number) => `index ${integer(number)}`,

  /** One key. */
  allKeys: 'All keys',
  noSuchKey: 'There is no such key.',
  makeIt: 'Make it',
  facts: {
    written: 'Written by entry',
    created: 'First written by',
    version: 'Version',
    size: 'Size',
    read: 'Read',
  },
  versionOf: (version: number) => (version === 1 ? '1, never changed' : integer(version)),
  readAt: (node: string, level: string, ms: number) => `${level} at ${node}, ${Math.round(ms)} ms`,
  views: { text: 'Text', json: 'JSON', hex: 'Hex' },
  viewsName: 'Look at the value as',
  value: 'Value',
  emptyValue: 'The value is empty.',
  noText: 'These bytes are no UTF-8 text: look at them as hex.',
  noJson: (problem: string) => `This is no valid JSON: ${problem}`,
  cut: (shown: number, all: number) =>
    `The first ${integer(shown)} of ${count(all, 'character')} are shown.`,
  showAll: 'Show all',
  edit: 'Edit',
  editUnavailable: 'Bytes that are no text cannot be edited here.',
  copyKey: 'Copy the key',
  copyValue: 'Copy value',
  copyCurl: 'Copy as curl',
  remove: 'Delete',
  removeName: (key: string) => `Delete ${key}`,
  removeConfirm: (key: string) => `Confirm delete ${key}`,
  removeImpact: 'The key goes at every node. It can be put back until somebody writes it.',
  noLeaderWrites: 'Nothing can be written while no leader is known.',
  changedMeanwhile: (index: number) => `Changed meanwhile, by entry ${integer(index)}.`,
  removedMeanwhile: (index: number) => `Deleted meanwhile, by entry ${integer(index)}.`,

  /** Editing. */
  editing: (key: string) => `Edit ${key}`,
  making: 'A new key',
  keyName: 'Key',
  guarded: 'Only if nobody has written it meanwhile',
  guardedNew: 'Only if there is no such key yet',
  unguarded: 'Without this, the last one who writes wins.',
  save: 'Save',
  saving: 'Saving…',
  cancel: 'Cancel',
  conflict: 'Somebody else was quicker. Nothing was written.',
  conflictTheirs: (index: number) => `Theirs was written by entry ${integer(index)}.`,
  conflictGone: 'They deleted the key.',
  diff: 'Theirs against yours',
  lineTheirs: 'theirs',
  lineYours: 'yours',
  folded: (lines: number) => count(lines, 'line that is the same', 'lines that are the same'),
  noDiff: 'The two values cannot be compared line by line.',
  overwrite: 'Overwrite theirs',
  takeTheirs: 'Take theirs',
  editAgain: 'Edit again',

  /** A group, or all keys. */
  group: (prefix: string) => `Keys that begin with ${prefix}`,
  holds: (number: number) => keys(number),
  counting: 'Counting…',
  count: 'Count again',
  removeGroup: 'Delete all of them…',
  removeTitle: (prefix: string) =>
    prefix === '' ? 'Delete all keys' : `Delete all keys in ${prefix}`,
  removeCount: (number: number) =>
    number === 0 ? 'There are no such keys.' : `${keys(number)} would go, at every node, for good:`,
  andMore: (number: number) => `and ${integer(number)} more`,
  typeCount: (number: number) => `Type ${number} to confirm`,
  removeAll: (number: number) => `Delete ${keys(number)}`,
  removedSoFar: (removed: number, all: number) => `${integer(removed)} of ${keys(all)} deleted`,
  removalDone: (removed: number) => `${keys(removed)} deleted.`,
  removalStopped: (removed: number) => `Stopped: ${keys(removed)} deleted, the others are there.`,
  close: 'Close',

  /** The same key at every node. */
  copies: 'The same key at every node',
  copiesHint: 'Each node is asked what it has itself, however old.',
  compare: 'Compare',
  copyColumns: {
    node: 'Node',
    index: 'Index',
    value: 'Value',
    comparison: (node: string) => `Compared with ${node}`,
  },
  comparisons,
  allSame: (number: number) =>
    number === 1
      ? 'One node has answered.'
      : `${count(number, 'node')} have answered, and all have the same.`,
  notAsked: (number: number) => `${count(number, 'node does', 'nodes do')} not answer.`,
  someDiffer: (number: number) => `${count(number, 'copy differs', 'copies differ')}.`,

  /** What was written here. */
  writes: 'Written from this page',
  wrote: (key: string) => `Set ${key}`,
  deleted: (key: string) => `Delete ${key}`,
  undone: (what: string) => `Undo: ${what}`,
  writing: 'asked, no answer yet…',
  done: (index: number, term: number) =>
    `committed and applied at index ${integer(index)}, term ${term}`,
  refused: 'refused: somebody wrote it meanwhile, nothing was changed',
  undo: 'Undo',
  undoName: (key: string) => `Undo what was done to ${key}`,
};

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readRecording, type Recording } from '../src/core/recording/read-recording.js';

/** Three nodes; the leader is killed, another is elected, the first comes back. Made by `npm run recording`. */
export const electionFile = join(import.meta.dirname, 'recordings/election.raftrec');

export async function recordedElection(): Promise<Recording> {
  return readRecording(new Blob([await readFile(electionFile)]));
}

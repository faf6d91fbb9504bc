import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readRecording, type Recording } from '../src/core/recording/read-recording.js';

/** Three nodes; the leader is killed, another is elected, the first comes back. Made by `npm run recording`. */
export const electionFile = fileURLToPath(new URL('recordings/election.raftrec', import.meta.url));

export async function recordedElection(): Promise<Recording> {
  return readRecording(new Blob([await readFile(electionFile)]));
}

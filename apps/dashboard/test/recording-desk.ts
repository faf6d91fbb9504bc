import { readFile } from 'node:fs/promises';
import { Desk } from '../src/state/desk.svelte.js';
import { electionFile } from './recorded-election.js';

/** The state of a page that has a recorded election open, and never heard of a cluster. */
export async function deskWithRecording(): Promise<Desk> {
  const desk = new Desk(window, null);
  await desk.recordings.read(new Blob([await readFile(electionFile)]));
  if (desk.recordings.trouble) throw new Error(JSON.stringify(desk.recordings.trouble));
  return desk;
}

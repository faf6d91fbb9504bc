import { decodeConfiguration } from './configuration.js';
import type { AppendRequest, SnapshotRequest } from './message.js';

/**
 * What no correct leader sends: entries that would tear a hole into the log, break log matching
 * (paper §5.3), or could not be read back. Null for a request that is well formed.
 */
export function findMalformed({
  prevIndex,
  prevTerm,
  term,
  entries,
}: AppendRequest): string | null {
  let index = prevIndex;
  let lastTerm = prevTerm;
  for (const entry of entries) {
    if (entry.index !== ++index) return `entry ${entry.index} stands where ${index} belongs`;
    if (entry.term < lastTerm) return `the term falls to ${entry.term} at entry ${index}`;
    lastTerm = entry.term;
    if (entry.type !== 'configuration') continue;
    try {
      decodeConfiguration(entry.data);
    } catch {
      return `entry ${index} holds no configuration`;
    }
  }
  return lastTerm > term ? `an entry of term ${lastTerm} came in term ${term}` : null;
}

/** What no correct leader sends: a snapshot that contradicts itself, or a piece that is not of it. */
export function findMalformedSnapshot(request: SnapshotRequest): string | null {
  const { term, snapshot, offset, data } = request;
  const { index, configuration, bytes } = snapshot;
  if (index < 1) return 'a snapshot stands for nothing';
  if (snapshot.term > term) return `a snapshot of term ${snapshot.term} came in term ${term}`;
  if (configuration.index > index) {
    return `a snapshot at ${index} names the later configuration ${configuration.index}`;
  }
  if (data.length === 0 || offset + data.length > bytes) {
    return `${data.length} bytes at ${offset} are no piece of a snapshot of ${bytes} bytes`;
  }
  return null;
}

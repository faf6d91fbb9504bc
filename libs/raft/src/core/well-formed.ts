import { decodeConfiguration } from './configuration.js';
import type { AppendRequest } from './message.js';

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

import { setImmediate } from 'node:timers/promises';
import type { KeysView } from '../stored-keys.js';

/** Time to count without a break: others have their turn between. */
const SLICE_MS = 5;
const KEYS_BETWEEN_LOOKS = 512;

/** How many keys begin with a prefix. `keys` must stay as they are meanwhile: a clone. */
export async function countKeys(keys: KeysView, prefix: string): Promise<number> {
  if (prefix === '') return keys.size;
  let count = 0;
  let end = performance.now() + SLICE_MS;
  for (const key of keys.keys(prefix)) {
    if (!key.startsWith(prefix)) break;
    if (++count % KEYS_BETWEEN_LOOKS !== 0 || performance.now() < end) continue;
    await setImmediate();
    end = performance.now() + SLICE_MS;
  }
  return count;
}

/** A row lights up at most once in this time, ms: more than three flashes a second harm people. */
const restMs = 1_000;
/** Keys remembered: more than stand on a screen. */
const maxKeys = 500;

/** When each key was last lit up, oldest first. */
export type FreshKeys = ReadonlyMap<string, number>;

export const noFreshKeys: FreshKeys = new Map();

/** What is lit up now that these keys have changed; one that was lit a moment ago rests. */
export function refreshed(fresh: FreshKeys, keys: readonly string[], now: number): FreshKeys {
  const next = new Map(fresh);
  for (const key of keys) {
    if (now - (next.get(key) ?? -Infinity) < restMs) continue;
    next.delete(key);
    next.set(key, now);
  }
  return new Map([...next].slice(-maxKeys));
}

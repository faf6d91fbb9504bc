import { vi } from 'vitest';

/**
 * Waits until the expectation holds. The limit is for what never comes: a process on a busy machine
 * may well take seconds to say its first word.
 */
export function eventually(holds: () => void | Promise<void>, limitMs = 30_000): Promise<void> {
  return vi.waitFor(holds, { timeout: limitMs, interval: 20 });
}

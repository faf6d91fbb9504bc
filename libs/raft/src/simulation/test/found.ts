import { describe, expect, test } from 'vitest';
import { hunt } from '../planted/hunt.js';
import type { Planted } from '../planted/planted.js';

/** Each of these faults is found: a run with it breaks a rule that it is said to break. */
export function testFound(where: string, faults: readonly Planted[]): void {
  describe(`the simulator finds a ${where} that`, () => {
    test.each(faults)('$name', { timeout: 120_000 }, async (planted) => {
      const found = await hunt(planted);
      expect(found, `${planted.what}: no seed finds it`).not.toBeNull();
    });
  });
}

import { test as base } from '@playwright/test';
import { Cluster } from './cluster.js';

/** A test with a real three-node cluster of its own. */
export const test = base.extend<{ cluster: Cluster }>({
  // Playwright reads a fixture's needs from this pattern.
  // eslint-disable-next-line no-empty-pattern
  cluster: async ({}, use) => {
    const cluster = await Cluster.start();
    try {
      await use(cluster);
    } finally {
      await cluster.stop();
    }
  },
});

export { expect } from '@playwright/test';

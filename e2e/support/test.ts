import { test as base } from '@playwright/test';
import { Cluster } from './cluster.js';
import { Dashboard } from './dashboard.js';

interface Fixtures {
  /** A real three-node cluster for this test alone. */
  cluster: Cluster;
  /** Its dashboard, open. */
  dashboard: Dashboard;
}

export const test = base.extend<Fixtures>({
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
  dashboard: async ({ page, cluster }, use) => {
    const dashboard = new Dashboard(page, cluster);
    await dashboard.open();
    await use(dashboard);
  },
});

export { expect } from '@playwright/test';

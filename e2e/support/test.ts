import { test as base } from '@playwright/test';
import { Cluster } from './cluster.js';
import { Dashboard } from './dashboard.js';

interface Fixtures {
  /** A real three-node cluster for this test alone. */
  cluster: Cluster;
  /** Its dashboard, open. */
  dashboard: Dashboard;
}

interface Standing {
  /** A real three-node cluster that tests share, one after the other. */
  standing: Cluster;
}

async function during(use: (cluster: Cluster) => Promise<void>): Promise<void> {
  const cluster = await Cluster.start();
  try {
    await use(cluster);
  } finally {
    await cluster.stop();
  }
}

export const test = base.extend<Fixtures, Standing>({
  // Playwright reads a fixture's needs from this pattern.
  // eslint-disable-next-line no-empty-pattern
  standing: [({}, use) => during(use), { scope: 'worker' }],
  // eslint-disable-next-line no-empty-pattern
  cluster: ({}, use) => during(use),
  dashboard: async ({ page, cluster }, use) => {
    const dashboard = new Dashboard(page, cluster.url);
    await dashboard.open();
    await use(dashboard);
  },
});

/** A test that leaves the cluster as it found it, so that it needs none of its own. */
export const calmTest = test.extend({
  cluster: async ({ standing }, use) => use(standing),
});

export { expect } from '@playwright/test';

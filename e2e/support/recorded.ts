import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { test as base } from '@playwright/test';
import type { NodeProcess } from '@quorate/contract';
import { Dashboard } from './dashboard.js';
import { StaticServer } from './static-server.js';

/** Three nodes; the leader is killed, another is elected, the first comes back. */
export const electionFile = fileURLToPath(
  new URL('../../apps/dashboard/test/recordings/election.raftrec', import.meta.url),
);

/** What the tests need of a record. */
interface RecordLine {
  readonly t: number;
  readonly kind: string;
  readonly node?: string;
  readonly list?: { readonly processes: readonly NodeProcess[] };
  readonly event?: { readonly type: string; readonly term?: number };
}

/** Who led in the recording, and two moments of it: before the leader was killed, and after. */
export function electionStory() {
  const lines = gunzipSync(readFileSync(electionFile)).toString().trim().split('\n').slice(1);
  const records = lines.map((line) => JSON.parse(line) as RecordLine);
  const won = records.filter(({ event }) => event?.type === 'election-won');
  const [first, second] = [won.at(0), won.at(-1)];
  const death = records.find(({ list }) => list?.processes.some(({ state }) => state === 'exited'));
  if (!first?.node || !second?.node || !death) throw new Error('the recording tells another story');
  return {
    first: { leader: first.node, term: first.event?.term, t: death.t - 1_500 },
    second: { leader: second.node, term: second.event?.term, t: death.t + 1_500 },
  };
}

interface Fixtures {
  /** The dashboard, with the recording open in it, and no cluster. */
  dashboard: Dashboard;
}

interface Standing {
  server: StaticServer;
}

export const test = base.extend<Fixtures, Standing>({
  server: [
    // Playwright reads a fixture's needs from this pattern.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const server = await StaticServer.start();
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  dashboard: async ({ page, server }, use) => {
    const dashboard = new Dashboard(page, server.url);
    await dashboard.open();
    await dashboard.openRecording(electionFile);
    await use(dashboard);
  },
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { freePorts } from '../../../tools/lib/free-ports.mjs';
import { DataDirectory } from '../src/data/data-directory.js';
import { PidFile } from '../src/data/pid-file.js';
import { planPlaces } from '../src/data/place.js';
import { Fleet } from '../src/fleet/fleet.js';

export const fakeNode = fileURLToPath(new URL('fake-node.mjs', import.meta.url));

/** A directory that is removed with the test. */
export function temporaryDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), 'quorate-supervisor-'));
  onTestFinished(() => {
    rmSync(path, { recursive: true, force: true });
  });
  return path;
}

/** Fake nodes, none of them started, that end with the test. */
export async function fakeFleet(nodes: number) {
  const data = new DataDirectory(temporaryDirectory());
  const port = await freePorts(2 * nodes + 4);
  const places = planPlaces([], { nodes, httpPort: port, raftPort: port + nodes + 2 });
  data.save(places);
  const pids = PidFile.acquire(data.path, 1);
  const crashes: string[] = [];
  const fleet = new Fleet({
    data,
    pids,
    places,
    script: fakeNode,
    dashboardPort: 1,
    crashed: ({ id }) => crashes.push(id),
  });
  onTestFinished(() => fleet.kill());
  return { fleet, data, crashes };
}

export async function startAll(fleet: Fleet): Promise<void> {
  await Promise.all(fleet.nodes.map((node) => node.start()));
}

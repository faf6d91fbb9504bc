#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { serve } from './api/server.js';
import { helpText, type Options, readOptions } from './cli/options.js';
import { readyText } from './cli/ready-text.js';
import { type StopRequest, stopRequest } from './cli/stop-request.js';
import { DataDirectory } from './data/data-directory.js';
import { endLeftovers, PidFile } from './data/pid-file.js';
import { type Place, planPlaces } from './data/place.js';
import { messageOf, SupervisorError } from './errors.js';
import { Fleet } from './fleet/fleet.js';
import type { NodeProcess } from './fleet/node-process.js';
import { checkPorts, type WantedPort } from './fleet/ports.js';
import { form } from './formation.js';
import { supervisorInfo } from './info.js';

const { resolve } = createRequire(import.meta.url);
const nodeScript = join(dirname(resolve('@quorate/node/package.json')), 'dist', 'main.js');
const dashboardDir = join(dirname(resolve('@quorate/dashboard/package.json')), 'dist');

/** Takes the data directory, and runs the cluster in it until it is asked to stop. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    say(helpText());
    return;
  }
  if (!existsSync(nodeScript)) {
    throw new SupervisorError('usage', `${nodeScript} is not built: run 'npm run build'.`);
  }
  const data = new DataDirectory(options.dataDir);
  for (const { id, pid } of await endLeftovers(data.path)) {
    say(`Ended ${id} (pid ${pid}), which a killed supervisor had left behind.`);
  }
  const pids = PidFile.acquire(data.path, options.port);
  try {
    await run(options, data, pids);
  } finally {
    pids.release();
  }
}

async function run(options: Options, data: DataDirectory, pids: PidFile): Promise<void> {
  const places = planPlaces(options.fresh ? [] : data.load(), options);
  await checkPorts(wantedPorts(options.port, places));
  if (options.fresh) data.empty();
  data.save(places);

  const dashboardPort = options.port;
  const fleet = new Fleet({ data, pids, places, script: nodeScript, dashboardPort, crashed });
  const info = supervisorInfo(data.path);
  const api = await serve({ fleet, info, port: dashboardPort, dashboardDir, failed });
  const stop = stopRequest(() => {
    fleet.kill().catch(failed);
  });
  try {
    say(`Starting ${places.map(({ id }) => id).join(', ')}; their data is in ${data.path}.`);
    await live(fleet, dashboardPort, stop);
  } finally {
    say('Stopping the nodes.');
    await fleet.close();
    await api.close();
  }
}

async function live(fleet: Fleet, port: number, stop: StopRequest): Promise<void> {
  for (const node of fleet.nodes) node.start().catch(startFailed);
  try {
    say(readyText(fleet, await form({ fleet, say, signal: stop.signal }), port));
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  }
  await stop.asked;
}

function wantedPorts(port: number, places: readonly Place[]): WantedPort[] {
  return [
    { port, purpose: 'the dashboard' },
    ...places.flatMap(({ id, httpPort, raftPort }) => [
      { port: httpPort, purpose: `HTTP of ${id}` },
      { port: raftPort, purpose: `peers of ${id}` },
    ]),
  ];
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function complain(text: string): void {
  process.stderr.write(`${text}\n`);
}

function crashed(node: NodeProcess): void {
  complain(node.obituary());
}

/** A node that ended has had its obituary; one that was stopped meanwhile needs no word. */
function startFailed(error: unknown): void {
  if (!(error instanceof SupervisorError)) failed(error);
  else if (error.code === 'node-timeout') complain(error.message);
}

function failed(error: unknown): void {
  complain(error instanceof Error ? (error.stack ?? error.message) : messageOf(error));
}

// Whoever read the output may leave; the cluster goes on.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

try {
  await main();
} catch (error) {
  if (error instanceof SupervisorError) complain(error.message);
  else failed(error);
  process.exitCode = 1;
}
process.exit();

import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ErrorBody, NodeProcess, ProcessList } from '@quorate/contract';
import { io } from 'socket.io-client';
import { expect, it, onTestFinished } from 'vitest';
import { eventually } from '../../test/eventually.js';
import { fakeFleet, startAll, temporaryDirectory } from '../../test/fixtures.js';
import { serve } from './server.js';

async function supervisor(nodes = 1) {
  const { fleet } = await fakeFleet(nodes);
  const dashboardDir = temporaryDirectory();
  const start = async () => {
    const failed = (error: unknown) => expect.unreachable(String(error));
    const app = await serve({ fleet, port: 0, dashboardDir, failed });
    onTestFinished(() => app.close());
    const { port } = app.server.address() as AddressInfo;
    return { url: `http://localhost:${port}`, port };
  };
  return { fleet, dashboardDir, ...(await start()), again: start };
}

function post(url: string, body?: object, headers: Record<string, string> = {}) {
  return fetch(url, {
    method: 'POST',
    ...(body && { body: JSON.stringify(body) }),
    headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
  });
}

/** `fetch` sets the Host header itself. */
function statusWithHost(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ port, path: '/api/processes', headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

/** Every list that a reader gets. */
function listsOf(url: string, extraHeaders: Record<string, string> = {}) {
  const lists: ProcessList[] = [];
  const socket = io(url, { transports: ['websocket'], extraHeaders, reconnection: false });
  const refused = new Promise<void>((resolve) => socket.on('connect_error', () => resolve()));
  socket.on('processes', (list) => lists.push(ProcessList.parse(list)));
  onTestFinished(() => void socket.close());
  return { lists, refused };
}

it('lists the processes', async () => {
  const { url, fleet } = await supervisor(2);
  await startAll(fleet);
  const { processes } = ProcessList.parse(await (await fetch(`${url}/api/processes`)).json());
  expect(processes.map(({ id, state }) => [id, state])).toEqual([
    ['n1', 'running'],
    ['n2', 'running'],
  ]);
});

it('does to a node what is asked, and answers how it is then', async () => {
  const { url } = await supervisor();
  const states = [];
  for (const action of ['start', 'pause', 'resume', 'restart', 'stop', 'start', 'kill', 'wipe']) {
    const response = await post(`${url}/api/nodes/n1/${action}`);
    states.push([action, NodeProcess.parse(await response.json()).state]);
  }
  expect(states).toEqual([
    ['start', 'running'],
    ['pause', 'paused'],
    ['resume', 'running'],
    ['restart', 'running'],
    ['stop', 'exited'],
    ['start', 'running'],
    ['kill', 'exited'],
    ['wipe', 'exited'],
  ]);
});

it('adds a node, named or not', async () => {
  const { url } = await supervisor();
  const unnamed = await post(`${url}/api/nodes`);
  expect([unnamed.status, NodeProcess.parse(await unnamed.json()).id]).toEqual([201, 'n2']);
  const named = await post(`${url}/api/nodes`, { id: 'berlin' });
  expect(NodeProcess.parse(await named.json()).id).toBe('berlin');
});

it.each([
  ['/api/nodes/n9/kill', 404, 'not-found'],
  ['/api/nodes/n1/explode', 400, 'invalid-argument'],
  ['/api/nodes/n1/pause', 409, 'conflict'],
  ['/nowhere', 404, 'not-found'],
])('answers POST %s with %d in the shape of all errors', async (path, status, code) => {
  const { url } = await supervisor();
  const response = await post(url + path);
  expect(response.status).toBe(status);
  expect(ErrorBody.parse(await response.json())).toMatchObject({ code, outcome: 'not-applied' });
});

it.each(['..', 'a/b', ''])('adds no node by the id %j', async (id) => {
  const { url } = await supervisor();
  const response = await post(`${url}/api/nodes`, { id });
  expect(response.status).toBe(400);
  expect(ErrorBody.parse(await response.json()).message).toContain('id');
});

it('refuses a foreign page and a foreign Host', async () => {
  const { url, port, fleet } = await supervisor();
  const kill = `${url}/api/nodes/n1/kill`;
  expect((await post(kill, undefined, { origin: 'https://evil.example' })).status).toBe(403);
  expect((await post(kill, undefined, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await post(kill, undefined, { origin: url })).status).toBe(200);
  expect(await statusWithHost(port, 'evil.example')).toBe(403);
  await startAll(fleet);
  const foreign = listsOf(url, { origin: 'https://evil.example' });
  await foreign.refused;
  expect(foreign.lists).toEqual([]);
});

it('sends the whole list at once and after each change', async () => {
  const { url, fleet } = await supervisor();
  const { lists } = listsOf(url, { origin: url });
  const state = () => lists.at(-1)?.processes[0]?.state;
  await eventually(() => expect(state()).toBe('exited'));
  await startAll(fleet);
  await eventually(() => expect(state()).toBe('running'));
  await eventually(() => expect(lists.at(-1)?.processes[0]?.log.join()).toContain('listening'));
  await fleet.perform('n1', 'kill');
  await eventually(() => expect(lists.at(-1)?.processes[0]?.exitSignal).toBe('SIGKILL'));
});

it('says how to build the dashboard while it is not built', async () => {
  const { url } = await supervisor();
  const page = await fetch(url);
  expect(page.status).toBe(503);
  expect(await page.text()).toContain('npm run build');
});

it('serves the dashboard, which no other page may frame', async () => {
  const { dashboardDir, again } = await supervisor();
  mkdirSync(join(dashboardDir, 'assets'));
  writeFileSync(join(dashboardDir, 'index.html'), '<title>Quorate</title>');
  writeFileSync(join(dashboardDir, 'assets', 'page-1a2b.js'), '');
  const { url } = await again();
  const page = await fetch(url);
  expect(await page.text()).toContain('<title>Quorate</title>');
  expect(page.headers.get('cache-control')).toBe('no-cache');
  expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  const script = await fetch(`${url}/assets/page-1a2b.js`);
  expect(script.headers.get('cache-control')).toContain('immutable');
});

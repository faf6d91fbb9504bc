import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { fakeNode, temporaryDirectory } from '../../test/fixtures.js';
import { writeJson } from './json-file.js';
import { endLeftovers, PidFile } from './pid-file.js';
import { identify, isAlive } from './process-identity.js';

/** A process that only a signal ends. */
function sleeper(): ChildProcess & { pid: number } {
  const child = spawn('sleep', ['600'], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  if (child.pid === undefined) throw new Error('sleep could not be started');
  return child as ChildProcess & { pid: number };
}

async function deadProcess() {
  const child = sleeper();
  const identity = identify(child.pid);
  child.kill('SIGKILL');
  await once(child, 'exit');
  return identity;
}

function leave(dataDir: string, contents: object): void {
  writeJson(join(dataDir, 'processes.json'), { port: 8080, nodes: [], ...contents });
}

it('keeps a second supervisor out, and names the first and its dashboard', () => {
  const directory = temporaryDirectory();
  const pids = PidFile.acquire(directory, 8080);
  const second = () => PidFile.acquire(directory, 8081);
  expect(second).toThrow(`pid ${process.pid}`);
  expect(second).toThrow('http://localhost:8080');
  pids.release();
  expect(readdirSync(directory)).toEqual([]);
  second().release();
});

it('leaves the nodes of a living supervisor alone', async () => {
  const directory = temporaryDirectory();
  const node = sleeper();
  PidFile.acquire(directory, 8080).record([{ id: 'n1', pid: node.pid }]);
  expect(await endLeftovers(directory)).toEqual([]);
  expect(isAlive(identify(node.pid))).toBe(true);
});

it('wakes a paused node of a dead one, so that it ends politely', async () => {
  const directory = temporaryDirectory();
  const env = { ...process.env, HTTP_SERVER_PORT: '0', RAFT_VOLUME_DIR: directory };
  const node = fork(fakeNode, { env, silent: true });
  onTestFinished(() => void node.kill('SIGKILL'));
  const left = once(node, 'exit');
  await once(node.stdout!, 'data');
  node.kill('SIGSTOP');
  node.disconnect();
  const leftover = { id: 'n1', pid: node.pid! };
  leave(directory, {
    supervisor: await deadProcess(),
    nodes: [{ ...leftover, ...identify(leftover.pid) }],
  });
  expect(await endLeftovers(directory)).toEqual([leftover]);
  expect(await left).toEqual([0, null]);
});

it('kills a node of a dead one that does not leave', async () => {
  const directory = temporaryDirectory();
  const node = sleeper();
  const left = once(node, 'exit');
  leave(directory, {
    supervisor: await deadProcess(),
    nodes: [{ id: 'n1', ...identify(node.pid) }],
  });
  await endLeftovers(directory);
  expect(await left).toEqual([null, 'SIGKILL']);
  expect(readdirSync(directory)).toEqual([]);
});

it('never ends a process that has only inherited the pid', async () => {
  const directory = temporaryDirectory();
  const stranger = sleeper();
  leave(directory, {
    supervisor: await deadProcess(),
    nodes: [{ id: 'n1', pid: stranger.pid, startTime: '1' }],
  });
  expect(await endLeftovers(directory)).toEqual([]);
  expect(isAlive(identify(stranger.pid))).toBe(true);
  expect(existsSync(join(directory, 'processes.json'))).toBe(false);
});

it('has nothing to end in a new directory', async () => {
  expect(await endLeftovers(temporaryDirectory())).toEqual([]);
});

import { readFileSync } from 'node:fs';
import type { ProcessState } from '@quorate/contract';
import { expect, it, onTestFinished } from 'vitest';
import { freePorts } from '../../../../tools/lib/free-ports.mjs';
import { eventually } from '../../test/eventually.js';
import { fakeNode, temporaryDirectory } from '../../test/fixtures.js';
import { NodeProcess } from './node-process.js';

async function nodeProcess(misbehaviour = '') {
  const port = await freePorts(1);
  const states: ProcessState[] = [];
  const node: NodeProcess = new NodeProcess({
    place: { id: 'n1', httpPort: port, raftPort: port, toJoin: false },
    script: fakeNode,
    env: {
      ...process.env,
      HTTP_SERVER_PORT: String(port),
      RAFT_NODE_ID: 'n1',
      RAFT_VOLUME_DIR: temporaryDirectory(),
      FAKE_NODE: misbehaviour,
    },
    changed: (what) => {
      if (what === 'state') states.push(node.state);
    },
  });
  onTestFinished(() => node.kill());
  return { node, states };
}

/** `T` is a stopped process. */
function kernelState(pid: number | null): string | undefined {
  return /\) (\w)/.exec(readFileSync(`/proc/${pid ?? 0}/stat`, 'utf8'))?.[1];
}

it('runs once it answers', async () => {
  const { node, states } = await nodeProcess();
  expect(node.describe()).toMatchObject({ state: 'exited', pid: null, restarts: 0 });
  await node.start();
  expect(states).toEqual(['starting', 'running']);
  expect(node.describe()).toMatchObject({ state: 'running', restarts: 0, exitCode: null });
  await eventually(() => expect(node.describe().log[0]).toContain('listening'));
});

it('ends politely when it is stopped', async () => {
  const { node, states } = await nodeProcess();
  await node.start();
  await node.stop();
  expect(states.slice(2)).toEqual(['stopping', 'exited']);
  expect(node.describe()).toMatchObject({ pid: null, exitCode: 0, exitSignal: null });
  expect(node.crashed).toBe(false);
});

it('is killed when it does not end within 5 s', async () => {
  const { node } = await nodeProcess('ignores SIGTERM');
  await node.start();
  const before = performance.now();
  await node.stop();
  expect(node.describe()).toMatchObject({ state: 'exited', exitSignal: 'SIGKILL' });
  expect(performance.now() - before).toBeGreaterThan(4900);
});

it('is killed at once, paused or not', async () => {
  const { node } = await nodeProcess();
  await node.start();
  node.pause();
  await node.kill();
  expect(node.describe()).toMatchObject({ state: 'exited', exitSignal: 'SIGKILL' });
});

it('freezes while it is paused, and goes on where it was', async () => {
  const { node } = await nodeProcess();
  await node.start();
  const { pid } = node;
  node.pause();
  expect(node.state).toBe('paused');
  await eventually(() => expect(kernelState(pid)).toBe('T'));
  node.resume();
  expect(node.state).toBe('running');
  await eventually(() => expect(kernelState(pid)).not.toBe('T'));
  expect(node.pid).toBe(pid);
});

it('ends politely when it is stopped while paused', async () => {
  const { node } = await nodeProcess();
  await node.start();
  node.pause();
  await node.stop();
  expect(node.describe()).toMatchObject({ exitCode: 0, exitSignal: null });
});

it('can be stopped while it starts', async () => {
  const { node } = await nodeProcess('never answers');
  const start = node.start();
  const failure = expect(start).rejects.toThrow('cannot start');
  await eventually(() => expect(node.describe().log).not.toHaveLength(0));
  await node.stop();
  await failure;
  expect(node.crashed).toBe(false);
});

it('counts its restarts, and runs in a new process after each', async () => {
  const { node } = await nodeProcess();
  await node.start();
  const { pid } = node;
  await node.restart();
  expect(node.describe()).toMatchObject({ state: 'running', restarts: 1 });
  expect(node.pid).not.toBe(pid);
});

it('says how it ended by itself, with its last words', async () => {
  const { node } = await nodeProcess('crashes');
  await expect(node.start()).rejects.toThrow('n1 ended with code 7');
  expect(node.crashed).toBe(true);
  await eventually(() => expect(node.obituary()).toContain('the disk is on fire'));
});

it('takes an action that is already true, and refuses one that makes no sense', async () => {
  const { node } = await nodeProcess();
  expect(() => node.pause()).toThrow('n1 is exited: it cannot pause now');
  expect(() => node.resume()).toThrow('cannot resume');
  await node.stop();
  await node.kill();
  await node.start();
  await node.start();
  node.resume();
  node.pause();
  node.pause();
  await expect(node.start()).rejects.toThrow('n1 is paused');
  expect(node.describe().restarts).toBe(0);
});

it('is not started again once it is retired', async () => {
  const { node } = await nodeProcess();
  await node.start();
  const restart = node.restart();
  const failure = expect(restart).rejects.toThrow('stopping');
  await node.retire();
  await failure;
  expect(node.state).toBe('exited');
});

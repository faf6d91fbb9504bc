import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { eventually } from '../../test/eventually.js';
import { fakeFleet, startAll } from '../../test/fixtures.js';
import { listen } from '../../test/held-port.js';

it('tells each node who it is, where it lives and which pages may talk to it', async () => {
  const { fleet, data } = await fakeFleet(2);
  await startAll(fleet);
  const [n1, n2] = fleet.list();
  expect(n2).toMatchObject({ id: 'n2', state: 'running', httpPort: n1!.httpPort + 1 });
  expect(existsSync(data.volumeOf('n2'))).toBe(true);
  await eventually(() => {
    expect(fleet.list()[0]!.log.join()).toContain('http://localhost:1,http://127.0.0.1:1');
  });
});

it('notes the pids that run, for whoever must end them', async () => {
  const { fleet, data } = await fakeFleet(2);
  await startAll(fleet);
  const recorded = () =>
    JSON.parse(readFileSync(join(data.path, 'processes.json'), 'utf8')) as {
      nodes: { id: string; pid: number }[];
    };
  expect(recorded().nodes.map(({ pid }) => pid)).toEqual(fleet.nodes.map(({ pid }) => pid));
  await fleet.perform('n1', 'kill');
  expect(recorded().nodes.map(({ id }) => id)).toEqual(['n2']);
});

it('adds a blank node on the next ports, and remembers it', async () => {
  const { fleet, data } = await fakeFleet(1);
  const added = await fleet.add();
  expect(added).toMatchObject({ id: 'n2', state: 'running' });
  expect(data.load().map(({ id, toJoin }) => [id, toJoin])).toEqual([
    ['n1', true],
    ['n2', false],
  ]);
  expect((await fleet.add('berlin')).id).toBe('berlin');
  await expect(fleet.add('berlin')).rejects.toThrow("There is a node 'berlin' already");
});

it('gives nodes that are added at once ports of their own', async () => {
  const { fleet } = await fakeFleet(1);
  await Promise.all([fleet.add(), fleet.add()]);
  expect(new Set(fleet.list().map(({ httpPort }) => httpPort))).toHaveLength(3);
});

it('skips ports that another program holds', async () => {
  const { fleet } = await fakeFleet(1);
  const taken = await listen(fleet.list()[0]!.httpPort + 1);
  const added = await fleet.add();
  expect(added.id).toBe('n3');
  taken.server.close();
});

it('wipes a node: stops it, empties its volume, leaves it stopped', async () => {
  const { fleet, data } = await fakeFleet(1);
  await startAll(fleet);
  expect(existsSync(data.volumeOf('n1'))).toBe(true);
  expect(await fleet.perform('n1', 'wipe')).toMatchObject({ state: 'exited', pid: null });
  expect(existsSync(data.volumeOf('n1'))).toBe(false);
});

it('tells of a node that ended by itself, and does not start it again', async () => {
  const { fleet, crashes } = await fakeFleet(2);
  await startAll(fleet);
  process.kill(fleet.nodes[0]!.pid!, 'SIGKILL');
  await eventually(() => expect(crashes).toEqual(['n1']));
  expect(fleet.list()[0]).toMatchObject({ state: 'exited', exitSignal: 'SIGKILL' });
  await fleet.perform('n2', 'kill');
  expect(crashes).toEqual(['n1']);
});

it('stops every node, paused ones too, and starts none any more', async () => {
  const { fleet } = await fakeFleet(3);
  await startAll(fleet);
  await fleet.perform('n2', 'pause');
  await fleet.close();
  expect(fleet.list().map(({ state, exitCode }) => [state, exitCode])).toEqual(
    Array(3).fill(['exited', 0]),
  );
  await expect(fleet.add()).rejects.toThrow('stopping');
  await expect(fleet.perform('n1', 'start')).rejects.toThrow('stopping');
});

it('knows no node but its own', async () => {
  const { fleet } = await fakeFleet(1);
  await expect(fleet.perform('n9', 'kill')).rejects.toThrow("no node 'n9' here; there are n1");
});

import { expect, it } from 'vitest';
import { fakeFleet, startAll } from '../test/fixtures.js';
import { form } from './formation.js';

const { signal } = new AbortController();

async function fleetOf(nodes: number) {
  const said: string[] = [];
  const init = { say: (line: string) => said.push(line), signal };
  return { ...(await fakeFleet(nodes)), said, init };
}

it('bootstraps the first of blank nodes and joins the others', async () => {
  const { fleet, data, said, init } = await fleetOf(3);
  await startAll(fleet);
  const leader = await form({ fleet, ...init });
  expect(leader.id).toBe('n1');
  const members = (await leader.client.status())!.members;
  expect(members.map(({ id }) => id)).toEqual(['n1', 'n2', 'n3']);
  expect(members[2]!.address).toBe(`127.0.0.1:${fleet.list()[2]!.raftPort}`);
  expect(said).toHaveLength(3);
  expect(data.load().some(({ toJoin }) => toJoin)).toBe(false);
});

it('only waits for the leader of a cluster that stands', async () => {
  const { fleet, said, init } = await fleetOf(2);
  await startAll(fleet);
  await form({ fleet, ...init });
  await fleet.perform('n1', 'restart');
  said.length = 0;
  expect((await form({ fleet, ...init })).id).toBe('n1');
  expect(said).toEqual([]);
});

it('goes on where a formation was cut short', async () => {
  const { fleet, said, init } = await fleetOf(2);
  await startAll(fleet);
  await fleet.nodes[0]!.client.bootstrap();
  await form({ fleet, ...init });
  expect(said).toEqual(['n2 has joined.']);
});

it('leaves alone a blank node that it was not told to join', async () => {
  const { fleet, said, init } = await fleetOf(1);
  await startAll(fleet);
  await fleet.add();
  await fleet.nodes[0]!.client.bootstrap();
  await form({ fleet, ...init });
  expect(said).toEqual([]);
});

it('makes no new cluster while a node that does not run might hold data', async () => {
  const { fleet, init } = await fleetOf(2);
  await startAll(fleet);
  await fleet.perform('n2', 'kill');
  await expect(form({ fleet, ...init })).rejects.toThrow('needs all of its nodes');
  expect((await fleet.nodes[0]!.client.status())!.clusterId).toBeNull();
});

it('fails when no node runs', async () => {
  const { fleet, init } = await fleetOf(1);
  await expect(form({ fleet, ...init })).rejects.toThrow('No node runs');
});

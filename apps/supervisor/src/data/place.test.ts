import { expect, it } from 'vitest';
import { PlaceId, planPlaces } from './place.js';

const nothing = { nodes: null, httpPort: null, raftPort: null };
const three = planPlaces([], nothing).map((place) => ({ ...place, toJoin: false }));

it('starts with three nodes on consecutive ports', () => {
  expect(three.map(({ id, httpPort, raftPort }) => [id, httpPort, raftPort])).toEqual([
    ['n1', 8000, 9000],
    ['n2', 8001, 9001],
    ['n3', 8002, 9002],
  ]);
});

it('brings the same nodes back', () => {
  expect(planPlaces(three, nothing)).toEqual(three);
});

it('adds the nodes that are asked for beyond those that are there', () => {
  const five = planPlaces(three, { ...nothing, nodes: 5 });
  expect(five.slice(0, 3)).toEqual(three);
  expect(five.slice(3)).toEqual([
    { id: 'n4', httpPort: 8003, raftPort: 9003, toJoin: true },
    { id: 'n5', httpPort: 8004, raftPort: 9004, toJoin: true },
  ]);
});

it('goes round the ids and ports of nodes with names of their own', () => {
  const named = [...three, { id: 'berlin', httpPort: 8003, raftPort: 9003, toJoin: false }];
  expect(planPlaces(named, { ...nothing, nodes: 5 }).at(-1)).toMatchObject({
    id: 'n5',
    httpPort: 8004,
  });
});

it('removes no node and moves none', () => {
  expect(() => planPlaces(three, { ...nothing, nodes: 2 })).toThrow('--fresh');
  expect(() => planPlaces(three, { ...nothing, httpPort: 7000 })).toThrow('--http-port');
  expect(() => planPlaces(three, { ...nothing, raftPort: 7000 })).toThrow('--raft-port');
  expect(planPlaces(three, { ...nothing, httpPort: 8000 })).toEqual(three);
});

it('takes ids that name a folder of their own', () => {
  expect(PlaceId.safeParse('n-1.a_B').success).toBe(true);
  for (const id of ['', '.', '..', 'a/b', 'a b', 'x'.repeat(64)]) {
    expect(PlaceId.safeParse(id).success).toBe(false);
  }
});

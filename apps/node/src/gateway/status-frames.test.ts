import type { NodeStatus } from '@quorate/contract';
import { expect, it } from 'vitest';
import { StatusFrames } from './status-frames.js';

const status: NodeStatus = {
  id: 'n1',
  clusterId: null,
  role: 'follower',
  term: 1,
  votedFor: null,
  leader: null,
  firstIndex: 1,
  lastIndex: 0,
  lastTerm: 0,
  commitIndex: 0,
  appliedIndex: 0,
  durableIndex: 0,
  members: [],
  configurationIndex: 0,
  configurationCommitted: true,
  leaderContactMs: null,
  electionInMs: 500,
  peers: [],
  connections: [],
  removed: false,
  outgoing: null,
  transferTo: null,
  timing: { electionMs: [500, 1000], heartbeatMs: 100 },
  snapshotIndex: 0,
  installing: null,
  sessions: 0,
  faults: null,
  storageFault: null,
  keys: 0,
};

it('makes a frame at once of a change, and of nothing but timers only now and then', () => {
  const frames = new StatusFrames('run', { machine: 'm', origin: 0 });
  expect(frames.next(0, status)).toMatchObject({ run: 'run', frame: 1, at: 0, status });
  expect(frames.next(50, { ...status, electionInMs: 450 })).toBeNull();
  expect(frames.next(100, { ...status, term: 2 })?.frame).toBe(2);
  expect(frames.next(150, { ...status, term: 2 })).toBeNull();
  const quiet = { ...status, term: 2, electionInMs: 100 };
  expect(frames.next(1000, quiet)).toMatchObject({ frame: 3, status: { electionInMs: 100 } });
});

it('makes a frame at once of a fault that begins or ends, and not of the time that it has left', () => {
  const frames = new StatusFrames('run', { machine: 'm', origin: 0 });
  const fault = { id: 'f1', peer: 'n2', direction: 'both', effect: { type: 'cut' } } as const;
  const lasting = { ...fault, owner: 'ann', ttlMs: 1000 };
  const leaves = (leftMs: number): NodeStatus => ({ ...status, faults: [{ ...lasting, leftMs }] });
  frames.next(0, { ...status, faults: [] });
  expect(frames.next(50, leaves(900))).not.toBeNull();
  expect(frames.next(100, leaves(850))).toBeNull();
  expect(frames.next(150, { ...status, faults: [] })).not.toBeNull();
});

it('makes a frame at once for somebody new', () => {
  const frames = new StatusFrames('run', { machine: 'm', origin: 0 });
  frames.next(0, status);
  frames.renew();
  expect(frames.next(50, status)?.frame).toBe(2);
});

import { describe, expect, it } from 'vitest';
import type { Message } from '../../core/message.js';
import { Admission } from './admission.js';
import { ClusterIdentity } from './cluster-identity.js';

const heartbeat: Message = {
  type: 'heartbeat',
  term: 1,
  session: 1,
  commit: 0,
  readPosition: 0,
  sentAt: 0,
  echo: 0,
  known: 0,
  quorumAgeMs: 0,
};
const voteRequest: Message = {
  type: 'vote-request',
  term: 1,
  preVote: false,
  transfer: false,
  lastIndex: 1,
  lastTerm: 1,
};

function setup(clusterId: string | null, disk: { full: boolean } = { full: false }) {
  const stored = { nodeId: 'n2', incarnation: 'volume-2', clusterId };
  const adopt = () => (disk.full ? Promise.reject(new Error('full')) : Promise.resolve());
  const identity = new ClusterIdentity(stored, {}, { adopt });
  const told: string[] = [];
  const admission = new Admission(identity, {
    admit: ({ message }) => told.push(`admit ${message.type}`),
    event: ({ type }) => told.push(`event ${type}`),
  });
  const receive = async (message: Message, from = 'c1') => {
    admission.received({
      from: 'n1',
      incarnation: 'volume-1',
      clusterId: from,
      protocol: 2,
      message,
    });
    await Promise.resolve().then(() => undefined);
  };
  return { identity, told, receive };
}

describe('Admission', () => {
  it('lets in what comes from the own cluster, and tells of what does not', async () => {
    const { told, receive } = setup('c1');
    await receive(voteRequest);
    await receive(heartbeat, 'c2');
    expect(told).toEqual(['admit vote-request', 'event bad-message']);
  });

  it('makes a blank node a member of the first cluster whose leader calls, stored before it answers', async () => {
    const { identity, told, receive } = setup(null);
    const first = receive(heartbeat);
    expect(told).toEqual([]);
    await Promise.all([first, receive(heartbeat, 'c2')]);
    expect(identity.clusterId).toBe('c1');
    expect(told).toEqual(['event adopted', 'admit heartbeat']);
  });

  it('gives a blank node no say in elections', async () => {
    const { identity, told, receive } = setup(null);
    await receive(voteRequest);
    expect(identity.clusterId).toBeNull();
    expect(told).toEqual([]);
  });

  it('tells when the disk refuses, stays blank, and can be adopted later', async () => {
    const disk = { full: true };
    const { identity, told, receive } = setup(null, disk);
    await receive(heartbeat);
    expect(identity.clusterId).toBeNull();
    disk.full = false;
    await receive(heartbeat);
    expect(told).toEqual(['event adoption-failed', 'event adopted', 'admit heartbeat']);
  });
});

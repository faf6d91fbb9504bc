import { describe, expect, it } from 'vitest';
import { ClusterIdentity } from './cluster-identity.js';

function identity(clusterId: string | null, adopt = (_id: string) => Promise.resolve()) {
  const stored = { nodeId: 'n1', incarnation: 'volume-1', clusterId };
  return new ClusterIdentity(stored, {}, { adopt });
}

describe('ClusterIdentity', () => {
  it('makes a blank node the founder of a cluster, stored before it counts', async () => {
    const stored: string[] = [];
    const blank = identity(null, (id) => {
      stored.push(id);
      return Promise.resolve();
    });
    const founded = blank.found();
    expect(blank.clusterId).toBeNull();
    await founded;
    expect(stored).toEqual([blank.clusterId]);
  });

  it('lets a founder that crashed before its first entry found the same cluster again', async () => {
    const blank = identity(null);
    await blank.found();
    const restarted = identity(blank.clusterId);
    await restarted.found();
    expect(restarted.clusterId).toBe(blank.clusterId);
  });

  it('refuses to found a second life of a cluster that adopted the node', async () => {
    const adopted = identity('elsewhere');
    await expect(adopted.found()).rejects.toMatchObject({
      code: 'already-bootstrapped',
      outcome: 'not-applied',
      message: expect.stringContaining('elsewhere') as string,
    });
  });

  it('waits for an adoption that is under way, and then refuses', async () => {
    const blank = identity(null);
    const adoption = blank.adopt('elsewhere');
    expect(blank.isFree).toBe(false);
    await expect(blank.found()).rejects.toMatchObject({ code: 'already-bootstrapped' });
    await adoption;
  });

  it('stays blank, and free, when the adoption could not be stored', async () => {
    const blank = identity(null, () => Promise.reject(new Error('disk full')));
    await expect(blank.adopt('c')).rejects.toThrow('disk full');
    expect(blank.clusterId).toBeNull();
    expect(blank.isFree).toBe(true);
  });
});

import type { AutopilotStatus } from '@quorate/contract';
import { expect, it } from 'vitest';
import { Cluster } from './cluster.js';
import { success } from './requests.js';
import { until } from './until.js';

it('tells what it would do about a dead server, and why it does not yet', async () => {
  const env = { RAFT_AUTOPILOT: 'dry-run', RAFT_AUTOPILOT_DEAD_AFTER_MS: '1000' };
  await using cluster = await Cluster.start(3, env);
  const leader = await cluster.settled();
  const [dead, follower] = cluster.nodes.filter((node) => node !== leader);
  expect(await success<AutopilotStatus>(follower!.fetch('/autopilot'))).toEqual({
    mode: 'dry-run',
    plan: null,
  });
  await dead!.end('SIGKILL');
  const kept = await until('it is taken for dead', async () => {
    const { plan } = await success<AutopilotStatus>(leader.fetch('/autopilot'));
    return plan?.keep[0] ?? null;
  });
  expect(kept).toMatchObject({ id: dead!.id, role: 'voter' });
  expect(kept.silentMs).toBeGreaterThanOrEqual(1000);
  expect(['not-settled', 'min-voters']).toContain(kept.because);
});

it('is off until it is asked for', async () => {
  await using cluster = await Cluster.start(1);
  const answer = await success<AutopilotStatus>(cluster.nodes[0]!.fetch('/autopilot'));
  expect(answer).toEqual({ mode: 'off', plan: null });
});

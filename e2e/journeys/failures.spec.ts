import { expect, test } from '../support/test.js';
import { Writer } from '../support/writer.js';

const ids = ['n1', 'n2', 'n3'];

test('killing the leader brings another, and loses no acknowledged write; restarted, it catches up', async ({
  cluster,
  dashboard,
}) => {
  await dashboard.expectHealthy();
  const first = await dashboard.leader();
  const writer = new Writer(cluster, ids);
  await expect.poll(() => writer.acknowledged.size).toBeGreaterThan(50);

  await dashboard.actAndConfirm(first, 'Kill');
  await expect(dashboard.panel(first)).toHaveAttribute('data-vitality', 'dead');
  await expect(dashboard.field(first, 'process')).toHaveAttribute('data-state', 'exited');
  await expect(dashboard.verdict.locator('[data-field="cluster-leader"]')).not.toHaveText(first);
  const second = await dashboard.leader();
  expect(second).not.toBe(first);
  await expect(dashboard.verdict).toHaveAttribute('data-health', 'at-risk');
  await expect(dashboard.field(first, 'age')).toBeVisible();

  const before = writer.acknowledged.size;
  await expect.poll(() => writer.acknowledged.size).toBeGreaterThan(before + 50);
  await writer.stop();
  for (const [key, value] of writer.acknowledged) {
    expect(await cluster.get(second, key), key).toBe(value);
  }

  await dashboard.act(first, 'Start');
  await dashboard.expectHealthy();
  const commit = await dashboard.field(second, 'applied').getAttribute('data-value');
  await expect
    .poll(async () => Number(await dashboard.field(first, 'applied').getAttribute('data-value')))
    .toBeGreaterThanOrEqual(Number(commit));
});

test('a paused follower is shown as silent, and catches up once resumed', async ({
  cluster,
  dashboard,
}) => {
  await dashboard.expectHealthy();
  const leader = await dashboard.leader();
  const follower = ids.find((id) => id !== leader) ?? '';

  await dashboard.actAndConfirm(follower, 'Pause');
  await expect(dashboard.field(follower, 'process')).toHaveAttribute('data-state', 'paused');
  await expect(dashboard.verdict).toHaveAttribute('data-health', 'at-risk');
  expect((await cluster.set(leader, 'meanwhile', 'yes')).status).toBe(200);

  await dashboard.act(follower, 'Resume');
  await dashboard.expectHealthy(leader);
  await expect.poll(() => cluster.get(follower, 'meanwhile')).toBe('yes');
});

test('the page survives the death of every node, and the cluster comes back with its data', async ({
  cluster,
  dashboard,
}) => {
  await dashboard.expectHealthy();
  await dashboard.set('kept', 'through it all');
  for (const id of ids) await dashboard.actAndConfirm(id, 'Kill');
  for (const id of ids) {
    await expect(dashboard.panel(id)).toHaveAttribute('data-vitality', 'dead');
  }
  await expect(dashboard.verdict).toHaveAttribute('data-health', 'quorum-lost');

  for (const id of ids) await dashboard.act(id, 'Start');
  await dashboard.expectHealthy();
  for (const id of ids) expect(await cluster.get(id, 'kept')).toBe('through it all');
});

test('restarting a node from the page brings it back as it was', async ({ cluster, dashboard }) => {
  await dashboard.expectHealthy();
  const leader = await dashboard.leader();
  const pid = (await cluster.node(leader)).pid;
  await dashboard.actAndConfirm(leader, 'Restart');
  await expect.poll(async () => (await cluster.node(leader)).pid).not.toBe(pid);
  await dashboard.expectHealthy();
  await expect(dashboard.panel(leader)).toHaveAttribute('data-vitality', 'live');
});

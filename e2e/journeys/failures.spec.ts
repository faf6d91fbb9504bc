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
  await expect(dashboard.fact(first, 'process')).toHaveAttribute('data-value', 'exited');
  const second = await dashboard.leaderAfter(first);
  await dashboard.expectHealth('at-risk');
  await expect(dashboard.panel(first).locator('[data-field="age"]')).toBeVisible();

  const before = writer.acknowledged.size;
  await expect.poll(() => writer.acknowledged.size).toBeGreaterThan(before + 50);
  await writer.stop();
  for (const [key, value] of writer.acknowledged) {
    expect(await cluster.get(second, key), key).toBe(value);
  }

  await dashboard.act(first, 'Start');
  await dashboard.expectHealthy();
  await dashboard.openNode(second);
  const applied = await dashboard.fact(second, 'appliedIndex').getAttribute('data-value');
  await dashboard.openNode(first);
  await expect
    .poll(async () =>
      Number(await dashboard.fact(first, 'appliedIndex').getAttribute('data-value')),
    )
    .toBeGreaterThanOrEqual(Number(applied));
});

test('a paused follower is shown as silent, and catches up once resumed', async ({
  cluster,
  dashboard,
}) => {
  await dashboard.expectHealthy();
  const leader = await dashboard.leader();
  const follower = await dashboard.follower();

  await dashboard.actAndConfirm(follower, 'Pause');
  await expect(dashboard.fact(follower, 'process')).toHaveAttribute('data-value', 'paused');
  await dashboard.expectHealth('at-risk');
  expect((await cluster.set(leader, 'meanwhile', 'yes')).status).toBe(200);

  await dashboard.act(follower, 'Resume');
  await dashboard.expectHealthy(leader);
  await expect.poll(() => cluster.get(follower, 'meanwhile')).toBe('yes');
});

test('nodes die one after the other, and the page tells the truth all the while, without a reload', async ({
  cluster,
  dashboard,
}) => {
  let loads = 0;
  dashboard.page.on('load', () => (loads += 1));
  await dashboard.expectHealthy();
  for (const id of ids) {
    await dashboard.actAndConfirm(id, 'Kill');
    await expect(dashboard.panel(id)).toHaveAttribute('data-vitality', 'dead');
    const leader = await dashboard.leaderAfter(id);
    await dashboard.expectHealth('at-risk');
    await cluster.until(async () => (await cluster.leader()) === leader, `${leader} to lead`);

    await dashboard.act(id, 'Start');
    await expect(dashboard.panel(id)).toHaveAttribute('data-vitality', 'live');
    await dashboard.expectHealthy();
  }
  expect(loads).toBe(0);
});

test('the page survives the death of all nodes, and the cluster comes back with its data', async ({
  cluster,
  dashboard,
}) => {
  await dashboard.expectHealthy();
  await dashboard.set('kept', 'through it all');
  for (const id of ids) await dashboard.actAndConfirm(id, 'Kill');
  for (const id of ids) {
    await dashboard.openNode(id);
    await expect(dashboard.panel(id)).toHaveAttribute('data-vitality', 'dead');
  }
  await dashboard.expectHealth('quorum-lost');

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

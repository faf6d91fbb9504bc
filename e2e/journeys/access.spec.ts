import { obstacles, pages } from '../support/obstacles.js';
import { expect, test } from '../support/test.js';

test('nothing stands in the way of assistive technology: a healthy cluster', async ({
  dashboard,
}) => {
  await dashboard.expectHealthy();
  expect(await obstacles(dashboard)).toEqual([]);
});

test('nothing stands in the way of assistive technology: no quorum', async ({
  cluster,
  dashboard,
}) => {
  await dashboard.expectHealthy();
  for (const id of ['n1', 'n2']) await cluster.act(id, 'kill');
  await dashboard.expectHealth('quorum-lost');
  expect(await obstacles(dashboard)).toEqual([]);
});

test('nothing stands in the way of assistive technology: disconnected', async ({
  cluster,
  dashboard,
}) => {
  await dashboard.expectHealthy();
  // The pages are fetched while somebody is there who has them.
  for (const name of pages) await dashboard.goTo(name);
  await cluster.end();
  await dashboard.expectHealth('disconnected');
  expect(await obstacles(dashboard)).toEqual([]);
});

test('a node is killed by keyboard alone', async ({ dashboard }) => {
  await dashboard.expectHealthy();
  const follower = await dashboard.follower();
  await dashboard.openNode(follower);
  const panel = dashboard.panel(follower);
  await panel.getByRole('button', { name: `Kill ${follower}` }).focus();
  await dashboard.page.keyboard.press('Enter');
  const confirm = panel.getByRole('button', { name: `Confirm kill ${follower}` });
  await expect(confirm).toBeFocused();
  // A moment passes before it takes a second press, so that a double one is no confirmation.
  await expect(confirm).toBeEnabled();
  await dashboard.page.keyboard.press('Enter');
  await expect(panel).toHaveAttribute('data-vitality', 'dead');
});

test('every page fits a phone', async ({ dashboard }) => {
  await dashboard.page.setViewportSize({ width: 320, height: 700 });
  await dashboard.expectHealthy();
  for (const name of pages) {
    await dashboard.goTo(name);
    expect(await dashboard.overflow(), name).toBe(0);
  }
});

import { calmTest as test, expect } from '../support/test.js';

test('the page shows three nodes, one leader, and how many may be lost', async ({
  cluster,
  dashboard,
}) => {
  const leader = (await cluster.leader()) ?? '';
  await dashboard.expectHealthy(leader);
  await expect(dashboard.main.locator('[data-field="tolerance"]')).toHaveAttribute(
    'data-value',
    '1',
  );
  for (const id of ['n1', 'n2', 'n3']) {
    await dashboard.openNode(id);
    const panel = dashboard.panel(id);
    await expect(panel).toHaveAttribute('data-vitality', 'live');
    await expect(panel.locator('[data-field="role"]')).toHaveText(
      id === leader ? 'Leader' : 'Follower',
    );
    await expect(dashboard.fact(id, 'leader')).toHaveAttribute('data-value', leader);
  }
});

test('the story of the election stands in the event feed', async ({ dashboard }) => {
  const events = dashboard.page.getByRole('list', { name: 'Events, newest first' });
  await expect(events.locator('[data-type="election-won"]').first()).toBeVisible();
});

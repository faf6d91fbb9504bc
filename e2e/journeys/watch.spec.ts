import { expect, test } from '../support/test.js';

test('the page shows three nodes, one leader, and how many may be lost', async ({
  cluster,
  dashboard,
}) => {
  const leader = await cluster.leader();
  await dashboard.expectHealthy(leader ?? '');
  await expect(dashboard.verdict.locator('[data-field="tolerance"]')).toHaveAttribute(
    'data-value',
    '1',
  );
  for (const id of ['n1', 'n2', 'n3']) {
    await expect(dashboard.panel(id)).toHaveAttribute('data-vitality', 'live');
    await expect(dashboard.field(id, 'role')).toHaveText(id === leader ? /leader/i : /follower/i);
    await expect(dashboard.field(id, 'leader')).toHaveText(leader ?? '');
  }
});

test('the story of the election stands in the event feed', async ({ dashboard }) => {
  const events = dashboard.page.getByRole('list', { name: 'Events, newest first' });
  await expect(events.locator('[data-type="election-won"]').first()).toBeVisible();
});

import { expect, test } from '../support/test.js';

test('a fourth node is started and joined from the page, and gets every key', async ({
  cluster,
  dashboard,
}) => {
  await dashboard.expectHealthy();
  await dashboard.set('before', 'n4 was here');
  await dashboard.page.getByRole('button', { name: 'Add a node', exact: true }).click();

  await expect(dashboard.panel('n4')).toHaveAttribute('data-membership', 'voter');
  await dashboard.expectHealthy();
  expect(await cluster.get('n4', 'before')).toBe('n4 was here');
  await expect(dashboard.field('n4', 'role')).toHaveText(/follower/i);
});

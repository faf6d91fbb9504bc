import { calmTest as test, expect } from '../support/test.js';

test('the stage stands still, goes step by step, and plays slowly', async ({ dashboard }) => {
  const { page } = dashboard;
  await dashboard.expectHealthy();
  await dashboard.goTo('stage');
  const ring = dashboard.main.getByRole('group', { name: 'The nodes, and the messages between' });
  await expect(ring.getByRole('link', { name: /^n\d, Leader, term \d+$/ })).toHaveCount(1);
  await expect(ring.getByRole('link', { name: /^n\d, Follower, term \d+$/ })).toHaveCount(2);

  const time = page.getByRole('region', { name: 'Time' });
  const now = () => Number(new URLSearchParams(page.url().split('?')[1]).get('t'));
  await time.getByRole('button', { name: 'Pause' }).click();
  await expect.poll(now).toBeGreaterThan(0);
  const paused = now();
  await time.getByRole('button', { name: 'Step back' }).click();
  await expect.poll(now).toBeLessThan(paused);
  const stepped = now();

  await time.getByRole('combobox', { name: 'Speed' }).selectOption('1/10×');
  const begun = Date.now();
  await time.getByRole('button', { name: 'Play' }).click();
  await expect.poll(now).toBeGreaterThan(stepped);
  await time.getByRole('button', { name: 'Pause' }).click();
  expect(now() - stepped).toBeLessThanOrEqual((Date.now() - begun) / 10);

  await time.getByRole('button', { name: 'LIVE' }).click();
  await expect.poll(now).toBe(0);
});

test('the tables tell what the stage shows, and open a message with all its fields', async ({
  dashboard,
}) => {
  const { page, main } = dashboard;
  await dashboard.expectHealthy();
  const leader = await dashboard.leader();
  await dashboard.goTo('stage');
  await main.getByRole('checkbox', { name: 'View as table' }).check();
  const nodes = main.getByRole('table', { name: 'Nodes' });
  await expect(nodes.getByRole('row')).toHaveCount(4);
  await expect(nodes.locator(`[data-node="${leader}"]`)).toContainText('Leader');

  const heartbeat = main
    .getByRole('table', { name: 'Messages' })
    .getByRole('link', { name: 'Heartbeat', exact: true });
  await page.getByRole('region', { name: 'Time' }).getByRole('button', { name: 'Pause' }).click();
  await heartbeat.first().click();
  const inspector = dashboard.inspector('Message');
  await expect(inspector.getByRole('heading', { name: 'Fields' })).toBeVisible();
  await expect(inspector).toContainText(`${leader} →`);
  await expect(inspector).toContainText('heartbeat');

  await inspector.getByRole('button', { name: 'Show the moment' }).click();
  await expect(page.getByRole('combobox', { name: 'Speed' })).toHaveValue('0.001');
  await page.keyboard.press('Escape');
  await expect(inspector).toHaveCount(0);
});

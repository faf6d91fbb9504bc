import { calmTest as test, expect } from '../support/test.js';

test('the palette opens a page, and acts', async ({ cluster, dashboard }) => {
  await dashboard.expectHealthy();
  await dashboard.choose('go to chaos');
  await expect(dashboard.main).toHaveAttribute('data-page', 'chaos');

  await cluster.set('n1', 'to be kept', 'in a snapshot');
  const before = (await cluster.status('n1'))?.snapshotIndex ?? 0;
  await dashboard.choose('take a snapshot on n1');
  await expect
    .poll(async () => (await cluster.status('n1'))?.snapshotIndex)
    .toBeGreaterThan(before);
});

test('the page speaks German, and English again', async ({ dashboard }) => {
  const { page } = dashboard;
  await dashboard.choose('language deutsch');
  const link = (name: string) => page.getByRole('navigation').getByRole('link', { name });
  await expect(link('Übersicht')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await page.reload();
  await expect(link('Übersicht')).toBeVisible();

  await page.getByRole('button', { name: 'Einstellungen' }).click();
  await page.getByRole('radio', { name: 'English' }).check();
  await page.keyboard.press('Escape');
  await expect(link('Overview')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

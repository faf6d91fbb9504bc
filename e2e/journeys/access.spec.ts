import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { pages } from '../support/dashboard.js';
import { expect, test } from '../support/test.js';

/** What stands in the way on every page, in both schemes. */
async function obstacles(page: Page, open: (name: string) => Promise<void>): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const name of pages) {
      await open(name);
      const { violations } = await new AxeBuilder({ page }).analyze();
      for (const { id, nodes } of violations) {
        found.push([name, colorScheme, id, nodes.map(({ target }) => target)]);
      }
    }
  }
  return found;
}

test('nothing stands in the way of assistive technology: a healthy cluster', async ({
  dashboard,
}) => {
  await dashboard.expectHealthy();
  expect(await obstacles(dashboard.page, (name) => dashboard.goTo(name))).toEqual([]);
});

test('nothing stands in the way of assistive technology: no quorum', async ({
  cluster,
  dashboard,
}) => {
  await dashboard.expectHealthy();
  for (const id of ['n1', 'n2']) await cluster.act(id, 'kill');
  await dashboard.expectHealth('quorum-lost');
  expect(await obstacles(dashboard.page, (name) => dashboard.goTo(name))).toEqual([]);
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
  expect(await obstacles(dashboard.page, (name) => dashboard.goTo(name))).toEqual([]);
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
    const overflow = await dashboard.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, name).toBe(0);
  }
});

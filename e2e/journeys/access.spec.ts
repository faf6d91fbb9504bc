import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../support/test.js';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing stands in the way of assistive technology (${colorScheme})`, async ({
    dashboard,
  }) => {
    await dashboard.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await dashboard.expectHealthy();
    const { violations } = await new AxeBuilder({ page: dashboard.page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
  });
}

test('a node is killed by keyboard alone', async ({ dashboard }) => {
  await dashboard.expectHealthy();
  const follower = (await dashboard.leader()) === 'n3' ? 'n2' : 'n3';
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

test('the page fits a phone', async ({ dashboard }) => {
  await dashboard.page.setViewportSize({ width: 320, height: 700 });
  await dashboard.expectHealthy();
  const overflow = await dashboard.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
});

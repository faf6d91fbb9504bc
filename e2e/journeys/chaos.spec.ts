import type { Locator, Page } from '@playwright/test';
import type { Dashboard } from '../support/dashboard.js';
import { calmTest as test, expect } from '../support/test.js';

interface Point {
  readonly x: number;
  readonly y: number;
}

async function middleOf(locator: Locator): Promise<Point> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error(`${locator.toString()} is not to be seen`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Draws a line between one node and the middle of the ring, across the links to all others. */
async function cutOff(page: Page, id: string): Promise<void> {
  const ring = page.getByTestId('partition-ring');
  await ring.scrollIntoViewIfNeeded();
  const nodes = await Promise.all((await ring.getByRole('button').all()).map(middleOf));
  const node = await middleOf(ring.getByRole('button', { name: id }));
  const middle = {
    x: nodes.reduce((sum, { x }) => sum + x, 0) / nodes.length,
    y: nodes.reduce((sum, { y }) => sum + y, 0) / nodes.length,
  };
  const [out, aside] = [
    { x: node.x - middle.x, y: node.y - middle.y },
    { x: middle.y - node.y, y: node.x - middle.x },
  ];
  const at = (share: number) => ({
    x: middle.x + out.x / 3 + aside.x * share,
    y: middle.y + out.y / 3 + aside.y * share,
  });
  const [from, to] = [at(-0.9), at(0.9)];
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await page.mouse.up();
}

const cutLinks = ({ main }: Dashboard) => main.locator('[data-link][data-passage="cut"]');

test('a line drawn across the ring parts a node from the others, and the strip above every page heals it', async ({
  cluster,
  dashboard,
}) => {
  const { page } = dashboard;
  await dashboard.expectHealthy();
  const leader = await dashboard.leader();
  const apart = await dashboard.follower();
  await dashboard.goTo('chaos');
  await cutOff(page, apart);
  const plan = page.getByTestId('plan');
  await expect(plan).toContainText(/Part n\d.* from/);
  await expect(plan).toContainText(`${leader} leads now, and keeps its quorum.`);
  await plan.getByRole('button', { name: /^Apply: Part/ }).click();

  await expect(cutLinks(dashboard)).toHaveCount(4);
  await dashboard.expectHealth('at-risk');
  expect((await cluster.status(apart))?.faults).toHaveLength(2);

  await dashboard.goTo('data');
  const strip = page.getByRole('region', { name: 'Faults in force' });
  await strip.getByRole('button', { name: 'Heal all' }).click();
  await expect(strip).toHaveCount(0);
  expect((await cluster.status(apart))?.faults).toEqual([]);
  await dashboard.expectHealthy();
});

test('a leader is parted by keyboard alone: another is elected; healed, the old one follows it', async ({
  cluster,
  dashboard,
}) => {
  const { page } = dashboard;
  await dashboard.expectHealthy();
  const leader = await dashboard.leader();
  await dashboard.goTo('chaos');
  await page.getByTestId('partition-ring').getByRole('button', { name: leader }).focus();
  await page.keyboard.press('Enter');
  const plan = page.getByTestId('plan');
  await expect(plan).toContainText(`${leader} leads now, and strands`);
  await plan.getByRole('button', { name: /^Apply: Part/ }).focus();
  await page.keyboard.press('Enter');

  const next = await dashboard.leaderAfter(leader);
  await expect(cutLinks(dashboard)).toHaveCount(4);
  await dashboard.main.focus();
  await page.keyboard.press('h');
  await expect(cutLinks(dashboard)).toHaveCount(0);
  await dashboard.expectHealthy(next);
  await expect.poll(async () => (await cluster.status(leader))?.leader?.id).toBe(next);
});

import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/test.js';

const ids = ['n1', 'n2', 'n3'];

const cell = (page: Page, from: string, to: string): Locator =>
  page.locator(`[data-link="${from}>${to}"]`);

test('a line drawn across the ring isolates the leader; the others elect; healed, all agree', async ({
  page,
  cluster,
}) => {
  const first = await cluster.leader();
  if (first === null) throw new Error('nobody leads');
  const others = ids.filter((id) => id !== first);
  await page.goto(`${cluster.url}/#/chaos`);
  await page.getByLabel('Your name').fill('ann');
  const ring = page.getByTestId('partition-ring');
  const node = (id: string) => ring.getByRole('button', { name: new RegExp(`^${id}`) });
  await expect(node(first)).toBeVisible();

  // Between the leader and the others, square to the way to the middle of the ring.
  const boxes = await Promise.all([node(first).boundingBox(), ring.boundingBox()]);
  const [near, far] = boxes.map((box) => {
    if (box === null) throw new Error('the ring is not on the page');
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }) as [Point, Point];
  const middle = { x: near.x * 0.55 + far.x * 0.45, y: near.y * 0.55 + far.y * 0.45 };
  const way = { x: -(far.y - near.y), y: far.x - near.x };
  const length = Math.hypot(way.x, way.y);
  const end = (side: number) => ({
    x: middle.x + (way.x / length) * side,
    y: middle.y + (way.y / length) * side,
  });
  await page.mouse.move(end(-70).x, end(-70).y);
  await page.mouse.down();
  await page.mouse.move(end(70).x, end(70).y, { steps: 5 });
  await page.mouse.up();

  const plan = page.getByTestId('plan');
  await expect(plan).toContainText(`${first} leads now, and strands`);
  await plan.getByRole('button', { name: /^Apply/ }).click();

  const strip = page.getByTestId('fault-strip');
  await expect(strip).toContainText('4 faults in force');
  await expect(strip).toContainText('by ann');
  for (const other of others) {
    await expect(cell(page, first, other)).toHaveAttribute('data-passage', 'cut');
    await expect(cell(page, other, first)).toHaveAttribute('data-passage', 'cut');
  }
  await expect.poll(() => cluster.leader()).not.toBe(first);
  await expect.poll(() => cluster.leader()).not.toBeNull();

  await page.goto(`${cluster.url}/#/overview?why=change`);
  const why = page.getByTestId('answers');
  await expect(why.locator('li').first()).toHaveAttribute('data-cause', 'cut-off');
  await expect(why).toContainText(`because ann had put`);

  await strip.getByRole('button', { name: 'Heal all' }).click();
  await expect(strip).toBeHidden();
  await expect.poll(async () => (await cluster.status(first))?.leader?.id).not.toBe(first);
});

interface Point {
  readonly x: number;
  readonly y: number;
}

test('a partition by keyboard alone: nodes, plan, and a single fault healed in its cell', async ({
  page,
  cluster,
}) => {
  const leader = await cluster.leader();
  const [one = '', other = ''] = ids.filter((id) => id !== leader);
  await page.goto(`${cluster.url}/#/chaos`);
  const ring = page.getByTestId('partition-ring');
  await ring.getByRole('button', { name: one }).press('Enter');
  await expect(page.getByTestId('plan')).toContainText(`${leader ?? ''} leads now, and keeps`);
  await page.getByRole('button', { name: /^Apply/ }).press('Enter');
  await expect(cell(page, one, other)).toHaveAttribute('data-passage', 'cut');

  const start = cell(page, one, other);
  await start.press('Enter');
  await expect(page.getByTestId('link')).toContainText(`The link ${one} → ${other}`);
  await page
    .getByTestId('link')
    .getByRole('button', { name: `Heal ${one} → ${other} (cut)` })
    .press('Enter');
  await expect(cell(page, one, other)).toHaveAttribute('data-passage', 'up');
  await expect(cell(page, other, one)).toHaveAttribute('data-passage', 'cut');
  // H heals everything from anywhere.
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('h');
  await expect(page.getByTestId('fault-strip')).toBeHidden();
});

test('a delayed link is shown with its figure, and heals by itself when its time is over', async ({
  page,
  cluster,
}) => {
  await page.goto(`${cluster.url}/#/chaos?link=n1%3En2&effect=delay%3A40`);
  await page.getByLabel('Heals by itself after').selectOption('10 s');
  await page.getByRole('button', { name: /^Apply/ }).click();
  await expect(cell(page, 'n1', 'n2')).toHaveAttribute('data-passage', 'delayed');
  await expect(cell(page, 'n1', 'n2')).toContainText('+40 ms');
  await expect(cell(page, 'n1', 'n2')).toHaveAttribute('data-passage', 'up', { timeout: 20_000 });
});

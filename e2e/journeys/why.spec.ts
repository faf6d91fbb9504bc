import type { Page } from '@playwright/test';
import { expect, test } from '../support/test.js';

const ids = ['n1', 'n2', 'n3'];

/** What the panel says first. */
const answer = (page: Page) => page.getByTestId('answers').locator('> li').first();

test('a killed leader is why leadership changed, and a click on the evidence goes to its moment', async ({
  page,
  cluster,
  dashboard,
}) => {
  const first = (await cluster.leader()) ?? '';
  await dashboard.expectHealthy();
  await cluster.act(first, 'kill');
  await expect.poll(() => cluster.leader()).not.toBe(first);
  await page.goto(`${cluster.url}/#/overview?why=change`);
  await expect(answer(page)).toHaveAttribute('data-cause', 'process');
  await expect(answer(page)).toContainText(`because the process of ${first} was killed (SIGKILL)`);
  await answer(page)
    .getByRole('link', { name: /on the Timeline/ })
    .first()
    .click();
  await expect(page).toHaveURL(/#\/timeline\?t=\d+/);
});

test('a lost quorum is explained by who is down, and starting one of them ends it', async ({
  page,
  cluster,
}) => {
  await page.goto(`${cluster.url}/#/overview?why=no-leader`);
  await expect(answer(page)).toHaveAttribute('data-cause', 'led');
  await cluster.act('n2', 'kill');
  await cluster.act('n3', 'kill');
  await expect(answer(page)).toHaveAttribute('data-cause', 'quorum-lost');
  const panel = page.getByTestId('answers');
  await expect(panel).toContainText('n2 is down (SIGKILL) and n3 is down (SIGKILL).');
  await panel.getByRole('button', { name: 'Start n2' }).click();
  await expect(answer(page)).toHaveAttribute('data-cause', 'led');
});

test('a follower that is cut off is behind because of the fault, and healing it lets it catch up', async ({
  page,
  cluster,
}) => {
  const leader = (await cluster.leader()) ?? '';
  const follower = ids.find((id) => id !== leader) ?? '';
  await page.goto(`${cluster.url}/#/overview?why=behind%3A${follower}`);
  await expect(answer(page)).toHaveAttribute('data-cause', 'not-behind');
  await cluster.fault(leader, follower, { type: 'cut' });
  await cluster.set(leader, 'meanwhile', 'yes');
  await expect(answer(page)).toHaveAttribute('data-cause', 'link-faults');
  await answer(page).getByRole('button', { name: /^Heal/ }).first().click();
  await expect(answer(page)).toHaveAttribute('data-cause', 'not-behind');
});

test('a write that lacks a quorum is pending because of those who have not acknowledged it', async ({
  page,
  cluster,
}) => {
  const leader = (await cluster.leader()) ?? '';
  const others = ids.filter((id) => id !== leader);
  await page.goto(`${cluster.url}/#/overview?why=pending`);
  await expect(answer(page)).toHaveAttribute('data-cause', 'nothing-pending');
  // Everything comes late, and early enough for the election timers.
  for (const other of others) await cluster.fault(leader, other, { type: 'delay', ms: 400 });
  const written = cluster.set(leader, 'slow', 'yes');
  await expect(answer(page)).toHaveAttribute('data-cause', 'acknowledgements');
  expect((await written).status).toBe(200);
  await expect(answer(page)).toHaveAttribute('data-cause', 'nothing-pending');
});

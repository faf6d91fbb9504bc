import { fileURLToPath } from 'node:url';
import type { Dashboard } from '../support/dashboard.js';
import { ChaosPage } from '../support/pages/chaos.js';
import { StagePage } from '../support/pages/stage.js';
import { expect, test } from '../support/test.js';
import { Writer } from '../support/writer.js';

const images = fileURLToPath(new URL('../../docs/images/', import.meta.url));
const ids = ['n1', 'n2', 'n3'];

/** The page as it stands, with nothing in focus that is not meant. */
async function picture({ page }: Dashboard, name: string): Promise<void> {
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.mouse.move(0, 0);
  // What is drawn on canvas follows with the next frame.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
  await page.screenshot({ path: `${images}${name}.png` });
}

/** Goes to where the message that is open is in the middle of its flight. */
async function halfway(dashboard: Dashboard): Promise<void> {
  const { page } = dashboard;
  await expect(page).toHaveURL(/[?&]t=/);
  const told = await dashboard
    .inspector('Message')
    .getByText(/^[\d.]+ ms$/)
    .textContent();
  await page.evaluate(
    (tookMs) => {
      const [place = '', query = ''] = window.location.hash.split('?');
      const params = new URLSearchParams(query);
      params.set('t', String(Number(params.get('t')) + 0.05 + tookMs / 2));
      window.location.hash = `${place}?${params.toString()}`;
    },
    parseFloat(told ?? ''),
  );
}

test('the pictures of the documentation: one cluster, under load, through its troubles', async ({
  cluster,
  dashboard,
}) => {
  test.slow();
  const { page } = dashboard;
  const chaos = new ChaosPage(page);
  const stage = new StagePage(page);
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  await page.setViewportSize({ width: 1440, height: 900 });
  await dashboard.expectHealth('healthy');
  const people = {
    'city/berlin': '3,850,809',
    'city/lagos': '16,637,000',
    'city/lima': '11,204,000',
    'shop/cart/ann': '{"items": [{"id": 7, "count": 2}], "paid": false}',
    'shop/cart/ben': '{"items": []}',
    greeting: 'hello',
  };
  for (const [key, value] of Object.entries(people)) await cluster.set('n2', key, value);
  const writer = new Writer(cluster, ids);
  await expect.poll(() => writer.acknowledged.size).toBeGreaterThan(100);

  const first = await dashboard.leader();
  await test.step('a failover, as the Overview and the Timeline tell it', async () => {
    await cluster.act(first, 'kill');
    await dashboard.leaderAfter(first);
    await cluster.act(first, 'start');
    await dashboard.expectHealth('healthy');
    await dashboard.goTo('overview');
    await expect(page.locator('[data-type="election-won"]').first()).toBeVisible();
    await picture(dashboard, 'dashboard');
    await dashboard.goTo('stage');
    await page.getByRole('combobox', { name: 'Show the last' }).selectOption('1 min');
    // The stage is behind the present: there the node has yet to come back.
    await expect(stage.node(first)).toHaveAccessibleName(/Follower/);
    await expect(page.getByText('not connected')).toHaveCount(0);
    await picture(dashboard, 'stage');
  });

  await test.step('the same, long past, in slow motion', async () => {
    await dashboard.goTo('timeline');
    await page.getByRole('combobox', { name: 'Show the last' }).selectOption('1 min');
    const election = page
      .getByRole('row', { name: `${first} closed its connection` })
      .filter({ hasNotText: 'not elected' });
    await election.getByRole('button', { name: /^Votes for / }).click();
    await picture(dashboard, 'timeline');
    await election.getByRole('link', { name: /on the Stage$/ }).click();
    await page.getByRole('combobox', { name: 'Speed' }).selectOption('1/100×');
    await button('Play').click();
    const next = new RegExp(`^(?!${first})n\\d, Leader`);
    await expect(page.getByRole('link', { name: next })).toBeVisible();
    await button('Pause').click();
    await stage.asTables();
    await stage.table('Messages').getByRole('link', { name: 'Vote', exact: true }).first().click();
    await dashboard.inspector('Message').getByRole('button', { name: 'Show the moment' }).click();
    await stage.asRing();
    await halfway(dashboard);
    await picture(dashboard, 'election');
    await button('LIVE').click();
  });

  await test.step('the pages that show what is', async () => {
    await dashboard.goTo('nodes');
    await picture(dashboard, 'nodes');
    await dashboard.goTo(`nodes/${await dashboard.leader()}`);
    await picture(dashboard, 'node');
    await dashboard.goTo('metrics');
    await picture(dashboard, 'metrics');
    await dashboard.goTo('data?key=shop/cart/ann');
    await picture(dashboard, 'data');
    await dashboard.goTo('stage');
    await stage.asTables();
    await button('Pause').click();
    await page
      .getByRole('link', { name: /^n1, entry [\d\s]+, .*applied$/ })
      .first()
      .click();
    await expect(dashboard.inspector('Entry').getByText('When each node had it')).toBeVisible();
    await stage.asRing();
    await picture(dashboard, 'entry');
    await button('LIVE').click();
  });

  await test.step('a partition', async () => {
    const alone = await dashboard.leader();
    await dashboard.goTo('chaos');
    await page.getByRole('textbox', { name: 'Your name' }).fill('ann');
    await chaos.cutOff(alone);
    await picture(dashboard, 'plan');
    await chaos.apply();
    await dashboard.leaderAfter(alone);
    await picture(dashboard, 'chaos');
    await dashboard.goTo('overview?why=change');
    await expect(dashboard.inspector('Why').getByText('What shows it')).toBeVisible();
    await picture(dashboard, 'why');
    await dashboard.goTo('chaos');
    await chaos.healAll();
    await dashboard.expectHealth('healthy');
  });

  await test.step('a fourth node', async () => {
    await dashboard.goTo('members');
    const wizard = dashboard.main.getByRole('region', { name: 'Add a node' });
    await wizard.getByRole('button', { name: 'Start a new node' }).click();
    await expect(wizard).toContainText('n4 answers.');
    await wizard.getByRole('button', { name: 'Join n4' }).click();
    await expect(wizard).toContainText(/n4 is a (learner|voter)/);
    await picture(dashboard, 'membership');
    await expect(wizard).toContainText('n4 is a voter.');
  });
  await writer.stop();
});

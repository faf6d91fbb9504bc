import { freePorts } from '../../tools/lib/free-ports.mjs';
import { calmTest, expect, test } from '../support/test.js';

calmTest('an address at which no node answers is explained', async ({ cluster, dashboard }) => {
  const { main } = dashboard;
  await dashboard.expectHealthy();
  await dashboard.goTo('members');
  const look = async (address: string) => {
    await main.getByRole('textbox', { name: 'Address of its peer port' }).fill(address);
    await main.getByRole('button', { name: 'Look', exact: true }).click();
  };
  await look('somewhere');
  await expect(main.getByText('An address is host:port, as 10.0.0.4:9000.')).toBeVisible();

  await look(`127.0.0.1:${await freePorts(1)}`);
  await expect(main.getByText('Is the node started, and does nothing between')).toBeVisible();
  await main.getByRole('button', { name: 'Back', exact: true }).click();

  await look(`127.0.0.1:${(await cluster.node('n1')).httpPort}`);
  await expect(main.getByText('Something answers there that is no node')).toBeVisible();
});

test('a new node comes in as a learner with every key, and is promoted', async ({
  cluster,
  dashboard,
}) => {
  const { main, page } = dashboard;
  await dashboard.expectHealthy();
  expect((await cluster.set('n1', 'before', 'n4 was here')).status).toBe(200);
  await dashboard.goTo('members');
  const wizard = main.getByRole('region', { name: 'Add a node' });
  await wizard.getByRole('button', { name: 'Start a new node' }).click();
  await expect(wizard).toContainText('n4 answers. It belongs to no cluster and can come in.');
  await wizard.getByRole('checkbox', { name: 'Stay a learner' }).check();
  await wizard.getByRole('button', { name: 'Join n4' }).click();
  await expect(wizard).toContainText('n4 is a learner, and stays one.');
  await expect.poll(() => cluster.get('n4', 'before')).toBe('n4 was here');

  const row = main.getByRole('row').filter({ has: page.getByRole('link', { name: 'n4' }) });
  await expect(row).toHaveAttribute('data-part', 'learner');
  await row.getByRole('button', { name: 'Promote n4' }).click();
  await page.getByRole('button', { name: 'Confirm promote n4' }).click();
  await expect(row).toHaveAttribute('data-part', 'voter');
  await dashboard.expectHealthy();
  await expect(main.getByText('4 voters: each decision takes 3 of them.')).toBeVisible();
});

calmTest(
  'leadership is handed over, once its dialog has said what that means',
  async ({ dashboard }) => {
    const { main, page } = dashboard;
    await dashboard.expectHealthy();
    const leader = await dashboard.leader();
    const next = await dashboard.follower();
    await dashboard.goTo('members');
    await main.getByRole('button', { name: `Hand leadership over to ${next}` }).click();
    const dialog = page.getByRole('dialog', { name: `Hand leadership over to ${next}` });
    await expect(dialog.getByRole('row', { name: 'Leader' })).toContainText(leader);
    await expect(dialog.getByRole('row', { name: 'Leader' })).toContainText(next);
    await dialog.getByRole('button', { name: `Hand over to ${next}` }).click();
    await dashboard.expectHealthy(next);
    const orders = main.getByRole('region', { name: 'Asked from this page' });
    await expect(orders).toContainText('done');
  },
);

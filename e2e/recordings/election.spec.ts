import { electionFile } from '../support/recorded.js';
import { expect, test } from '../support/test.js';

/** Long enough to see the cluster at rest, ms. */
const restMs = 1_500;

test('the recording that tests of the page open: a leader is killed, another is elected, the first comes back', async ({
  cluster,
  dashboard,
}) => {
  const { page } = dashboard;
  await dashboard.expectHealthy();
  const first = await dashboard.leader();
  for (const city of ['berlin', 'lagos', 'lima']) await cluster.set('n2', `city/${city}`, 'here');
  await page.waitForTimeout(restMs);
  await dashboard.actAndConfirm(first, 'Kill');
  await cluster.until(async () => ((await cluster.leader()) ?? first) !== first, 'another leader');
  const second = (await cluster.leader())!;
  await cluster.set(second, 'city/berlin', 'still here');
  await page.waitForTimeout(restMs);
  await dashboard.act(first, 'Start');
  await dashboard.expectHealthy(second);
  await page.waitForTimeout(restMs);

  await page.getByRole('link', { name: 'Timeline' }).click();
  await page.getByRole('button', { name: 'Save a recording' }).click();
  await page.getByRole('checkbox', { name: 'Leave out what the processes printed' }).check();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await (await download).saveAs(electionFile);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

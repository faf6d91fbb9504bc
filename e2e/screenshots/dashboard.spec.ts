import { fileURLToPath } from 'node:url';
import { expect, test } from '../support/test.js';
import { Writer } from '../support/writer.js';

const image = fileURLToPath(new URL('../../docs/images/dashboard.png', import.meta.url));

test.use({ viewport: { width: 1440, height: 1480 } });

test('the picture in the README: a live cluster that has just chosen another leader', async ({
  cluster,
  dashboard,
}) => {
  await dashboard.expectHealthy();
  const cities = { berlin: '3,850,809', lagos: '16,637,000', lima: '11,204,000' };
  for (const [city, people] of Object.entries(cities)) {
    await cluster.set('n2', `city/${city}`, people);
  }
  const writer = new Writer(cluster, ['n1', 'n2', 'n3']);
  const first = await dashboard.leader();
  await expect.poll(() => writer.acknowledged.size).toBeGreaterThan(500);
  await dashboard.actAndConfirm(first, 'Kill');
  await dashboard.expectHealth('at-risk');
  await dashboard.act(first, 'Start');
  await dashboard.expectHealthy();

  await dashboard.goTo('overview');
  await dashboard.set('greeting', 'hello');
  await dashboard.get('greeting');
  await dashboard.page.getByRole('textbox', { name: 'Keys that begin with' }).fill('city/');
  await dashboard.page.getByRole('button', { name: 'List', exact: true }).click();
  await dashboard.page.getByRole('button', { name: 'Use key city/lima' }).waitFor();
  await dashboard.page.evaluate(() => window.scrollTo(0, 0));
  await dashboard.page.screenshot({ path: image });
  await writer.stop();
});

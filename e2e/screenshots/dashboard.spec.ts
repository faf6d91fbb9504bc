import { fileURLToPath } from 'node:url';
import { test } from '../support/test.js';

const image = fileURLToPath(new URL('../../docs/images/dashboard.png', import.meta.url));

test('the picture in the README: a live cluster with some keys', async ({ cluster, dashboard }) => {
  for (const [key, value] of [
    ['city/berlin', '3,850,809'],
    ['city/lagos', '16,637,000'],
    ['city/lima', '11,204,000'],
    ['greeting', 'hello'],
  ] as const) {
    await cluster.set('n2', key, value);
  }
  await dashboard.expectHealthy();
  await dashboard.askAt('n2');
  await dashboard.set('colour', 'blue');
  await dashboard.get('greeting');
  await dashboard.page.getByRole('button', { name: 'List', exact: true }).click();
  await dashboard.page.getByRole('button', { name: 'Use key greeting' }).waitFor();
  await dashboard.page.screenshot({ path: image });
});

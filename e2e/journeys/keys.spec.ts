import { expect, test } from '../support/test.js';

const ids = ['n1', 'n2', 'n3'];

test('a key written on the page is read at every node, and the reverse', async ({
  cluster,
  dashboard,
}) => {
  await dashboard.expectHealthy();
  await dashboard.askAt('n2');
  await dashboard.set('colour', 'blue');
  for (const id of ids) expect(await cluster.get(id, 'colour')).toBe('blue');

  expect((await cluster.set('n3', 'shape', 'round')).status).toBe(200);
  for (const id of ids) {
    await dashboard.askAt(id);
    await expect(await dashboard.get('shape')).toHaveText('round');
  }

  await dashboard.remove('shape');
  for (const id of ids) expect(await cluster.get(id, 'shape')).toBeNull();
});

test('the keys are listed in order', async ({ cluster, dashboard }) => {
  for (const key of ['b', 'a', 'c']) await cluster.set('n1', key, `value of ${key}`);
  await dashboard.page.getByRole('button', { name: 'List', exact: true }).click();
  await expect(dashboard.page.getByRole('button', { name: /^Use key/ })).toHaveText([
    'a',
    'b',
    'c',
  ]);
});

import { calmTest as test, expect } from '../support/test.js';

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

test('keys are listed in order, below what they begin with', async ({ cluster, dashboard }) => {
  for (const key of ['b', 'a', 'c']) await cluster.set('n1', `list/${key}`, `value of ${key}`);
  await dashboard.goTo('data?prefix=list/');
  const names = dashboard.main.getByRole('treeitem').getByText(/^[abc]$/);
  await expect(names).toHaveText(['a', 'b', 'c']);
});

test('a page stays while its address takes what is typed', async ({ dashboard }) => {
  await dashboard.goTo('data');
  const search = dashboard.main.getByRole('searchbox', { name: 'Search keys' });
  await search.click();
  await dashboard.page.keyboard.type('load-1', { delay: 30 });
  await expect(search).toHaveValue('load-1');
  await expect(search).toBeFocused();
  await expect(dashboard.page).toHaveURL(/q=load-1/);
});

test('somebody writes while a key is edited: theirs stands against yours, and either is taken', async ({
  cluster,
  dashboard,
}) => {
  const { main } = dashboard;
  const edit = async (mine: string, theirs: string) => {
    await main.getByRole('button', { name: 'Edit', exact: true }).click();
    const value = main.getByRole('textbox', { name: 'Value' });
    await value.fill(mine);
    await cluster.set('n1', 'stock/apples', theirs);
    await expect(main.getByText('Changed meanwhile')).toBeVisible();
    await main.getByRole('button', { name: 'Save', exact: true }).click();
    const conflict = main.getByTestId('conflict');
    await expect(conflict).toContainText('Somebody else was quicker. Nothing was written.');
    await expect(conflict.getByRole('row', { name: theirs })).toContainText('theirs');
    await expect(conflict.getByRole('row', { name: mine })).toContainText('yours');
    return conflict;
  };
  await cluster.set('n1', 'stock/apples', 'ten');
  await dashboard.goTo('data?key=stock%2Fapples');

  const first = await edit('nine', 'twelve');
  await first.getByRole('button', { name: 'Overwrite theirs' }).click();
  await expect(main.getByTestId('key')).toContainText('nine');
  expect(await cluster.get('n1', 'stock/apples')).toBe('nine');

  const second = await edit('eight', 'thirteen');
  await second.getByRole('button', { name: 'Take theirs' }).click();
  await expect(main.getByTestId('key')).toContainText('thirteen');
  expect(await cluster.get('n1', 'stock/apples')).toBe('thirteen');
});

test('a deleted key is put back', async ({ cluster, dashboard }) => {
  const { main } = dashboard;
  await cluster.set('n1', 'stock/pears', 'four');
  await dashboard.goTo('data?key=stock%2Fpears');
  await main.getByRole('button', { name: 'Delete stock/pears' }).click();
  await main.getByRole('button', { name: 'Confirm delete stock/pears' }).click();
  await expect(main.getByText('There is no such key.')).toBeVisible();
  expect(await cluster.get('n1', 'stock/pears')).toBeNull();

  await main.getByRole('button', { name: 'Undo what was done to stock/pears' }).click();
  await expect(main.getByTestId('key')).toContainText('four');
  expect(await cluster.get('n1', 'stock/pears')).toBe('four');
});

test('many keys are deleted only by who types how many they are', async ({
  cluster,
  dashboard,
}) => {
  const { main, page } = dashboard;
  const keys = Array.from({ length: 101 }, (_, at) => `many/${at}`);
  await Promise.all(keys.map((key) => cluster.set('n1', key, 'one of many')));
  await cluster.set('n1', 'many', 'not one of them');
  await dashboard.goTo('data?prefix=many%2F');
  await main.getByRole('button', { name: 'Delete all of them…' }).click();

  const dialog = page.getByRole('dialog', { name: 'Delete all keys in many/' });
  const confirm = dialog.getByRole('button', { name: 'Delete 101 keys' });
  await dialog.getByLabel('Type 101 to confirm').fill('100');
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel('Type 101 to confirm').fill('101');
  await confirm.click();
  await expect(dialog).toContainText('101 keys deleted.');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(main.locator('[data-field="count"]')).toHaveText('0 keys');
  expect(await cluster.get('n2', 'many')).toBe('not one of them');
});

import { expect } from '@playwright/test';
import { obstacles, pages } from '../support/obstacles.js';
import { electionStory, test } from '../support/recorded.js';

const { first, second } = electionStory();
const third = ['n1', 'n2', 'n3'].find((id) => id !== first.leader && id !== second.leader) ?? '';
/** A page at a moment of the recording. */
const at = (place: string, { t }: { readonly t: number }) => `${place}?t=${t}`;

test('Overview: who led, and how safe the cluster was, before and after', async ({ dashboard }) => {
  const { main } = dashboard;
  await dashboard.goTo(at('overview', first));
  await dashboard.expectHealthy(first.leader);
  await expect(main.getByRole('heading', { level: 1 })).toHaveText(
    'Healthy: can lose 1 more voter.',
  );
  await expect(main.locator('[data-field="cluster-term"]')).toHaveText(String(first.term));

  await dashboard.goTo(at('overview', second));
  await dashboard.expectHealth('at-risk');
  await dashboard.expectLeader(second.leader);
  await expect(main.getByRole('heading', { level: 1 })).toHaveText(
    'At risk: cannot lose another voter.',
  );
  await expect(main.locator('[data-field="reasons"]')).toContainText(`${first.leader} is down`);
  await expect(main.getByRole('link', { name: `${first.leader} Down` })).toBeVisible();
});

test('Stage: every node with its role and term, in tables as well', async ({ dashboard }) => {
  const { main } = dashboard;
  await dashboard.goTo(at('stage', second));
  await main.getByRole('checkbox', { name: 'View as table' }).check();
  const nodes = main.getByRole('table', { name: 'Nodes' });
  const row = (id: string) =>
    nodes.getByRole('row').filter({ has: dashboard.page.getByRole('rowheader', { name: id }) });
  await expect(row(second.leader)).toContainText('Leader');
  await expect(row(third)).toContainText('Follower');
  await expect(row(first.leader)).toContainText('Down');
  await expect(main.getByRole('table', { name: 'Messages' }).getByRole('row')).toHaveCount(51);
});

test('Nodes: the nodes side by side, and what each believed', async ({ dashboard }) => {
  const { main } = dashboard;
  await dashboard.goTo(at('nodes', second));
  const comparison = main.getByRole('table', { name: 'Nodes side by side' });
  await expect(comparison.getByRole('columnheader')).toHaveCount(4);
  await expect(comparison.locator('[data-row="role"]')).toContainText('leader');

  await dashboard.goTo(at(`nodes/${third}`, first));
  await expect(dashboard.fact(third, 'leader')).toHaveAttribute('data-value', first.leader);
  await dashboard.goTo(at(`nodes/${third}`, second));
  await expect(dashboard.fact(third, 'leader')).toHaveAttribute('data-value', second.leader);
  await expect(dashboard.fact(third, 'vote')).toHaveAttribute('data-value', second.leader);
});

test('Data: a recording holds no keys, and the page says so', async ({ dashboard }) => {
  await dashboard.goTo(at('data', second));
  await expect(dashboard.main.getByRole('note')).toContainText('the history holds no values');
  await expect(dashboard.main.getByRole('button', { name: 'New key', exact: true })).toBeDisabled();
});

test('Timeline: the election with all its votes, and who led when', async ({ dashboard }) => {
  const { main } = dashboard;
  await dashboard.goTo(at('timeline', second));
  const elections = main.getByRole('region', { name: 'Elections' }).first();
  const row = elections
    .getByRole('row')
    .filter({ hasText: `${first.leader} closed its connection` });
  await expect(row).toContainText(`${second.term}${second.leader}`);
  await expect(row).toContainText('2 of 2 needed');
  await expect(row).toContainText('elected');
  await row.getByRole('button', { name: /^Votes for/ }).click();
  await expect(elections.getByRole('listitem').filter({ hasText: third }).first()).toContainText(
    'granted',
  );
  await expect(
    main.getByRole('img', { name: `${first.leader} leads term ${first.term}` }),
  ).toBeVisible();
  await expect(main.getByRole('img', { name: `${first.leader} is down` })).toBeVisible();
});

test('Chaos: who reached whom', async ({ dashboard }) => {
  const { main } = dashboard;
  await dashboard.goTo(at('chaos', second));
  const link = (from: string, to: string) => main.locator(`[data-link="${from}>${to}"]`);
  await expect(link(second.leader, third)).toHaveAttribute('data-passage', 'up');
  await expect(link(second.leader, first.leader)).toHaveAttribute('data-passage', 'down');
});

test('Membership: three voters, of whom one did not work', async ({ dashboard }) => {
  const { main } = dashboard;
  await dashboard.goTo(at('members', second));
  await expect(main.getByText('3 voters: each decision takes 2 of them.')).toBeVisible();
  const row = (id: string) => main.locator(`tr[data-node="${id}"]`);
  await expect(row(second.leader)).toContainText('leads');
  await expect(row(first.leader)).toContainText('down');
});

test('nothing can be done to a recording', async ({ dashboard }) => {
  const acts =
    /^(Kill|Stop|Pause|Resume|Start|Restart|Wipe|Elect|Transfer|Promote|Demote|Remove|Join|Apply|Heal|Set|New key|Delete)\b/;
  for (const place of [...pages, `nodes/${second.leader}`]) {
    await dashboard.goTo(at(place, second));
    await expect(dashboard.main.getByRole('heading', { level: 1 })).toBeVisible();
    const offered = dashboard.main.getByRole('button', { name: acts, disabled: false });
    expect(await offered.allTextContents(), place).toEqual([]);
  }
});

test('nothing of a recording stands in the way of assistive technology', async ({ dashboard }) => {
  const places = [...pages, `nodes/${second.leader}`].map((place) => at(place, second));
  expect(await obstacles(dashboard, places)).toEqual([]);
});

test('every page of a recording fits its screen', async ({ dashboard }) => {
  for (const place of [...pages, `nodes/${second.leader}`]) {
    await dashboard.goTo(at(place, second));
    expect(await dashboard.overflow(), place).toBe(0);
  }
});

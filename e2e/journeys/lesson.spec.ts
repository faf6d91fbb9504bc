import { ChaosPage } from '../support/pages/chaos.js';
import { DataPage } from '../support/pages/data.js';
import { StagePage } from '../support/pages/stage.js';
import { expect, test } from '../support/test.js';
import { Writer } from '../support/writer.js';

/** The lesson of docs/dashboard.md, with the words that it tells people to look for. */
test('the lesson: an election, a write, a failover, a partition, and logs that agree again', async ({
  cluster,
  dashboard,
}) => {
  test.slow();
  const { page } = dashboard;
  const stage = new StagePage(page);
  const chaos = new ChaosPage(page);
  const data = new DataPage(page);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await dashboard.expectHealth('healthy');
  const first = await dashboard.leader();

  await test.step('an election, message by message', async () => {
    await dashboard.goTo(`nodes/${first}`);
    await button(`Pause ${first}`).click();
    await button(`Confirm pause ${first}`).click();
    const winner = await dashboard.leaderAfter(first);
    await button(`Resume ${first}`).click();
    await dashboard.expectHealth('healthy');
    await dashboard.goTo('timeline');
    const election = page.getByRole('row', { name: new RegExp(`${winner}.*elected`) }).first();
    await election.getByRole('button', { name: /^Votes for / }).click();
    await expect(page.getByText(/^Pre-vote for term \d+: could it win\?$/).first()).toBeVisible();
    await expect(page.getByText(/^Vote of term \d+$/).first()).toBeVisible();
    await election.getByRole('link', { name: /on the Stage$/ }).click();
    await expect(page.locator('main[data-page="stage"]')).toBeVisible();
    await page.getByRole('combobox', { name: 'Speed' }).selectOption('1/100×');
    await button('Play').click();
    await expect(stage.node(winner)).toHaveAccessibleName(/Leader/);
    await stage.asTables();
    for (const kind of ['Pre-vote', 'Vote', 'Vote answer +']) {
      await expect(
        stage.table('Messages').getByRole('cell', { name: kind, exact: true }).first(),
      ).toBeVisible();
    }
    await button('LIVE').click();
  });

  await test.step('a write, from requested to applied on three nodes', async () => {
    await dashboard.goTo('data');
    await data.write('greeting', 'hello');
    const index = await data.writtenBy('greeting');
    await dashboard.goTo('stage');
    for (const id of ['n1', 'n2', 'n3']) {
      await page
        .getByRole('link', { name: new RegExp(`^${id}, entry ${index}, .*applied$`) })
        .waitFor();
    }
    await page.getByRole('link', { name: new RegExp(`^n1, entry ${index},`) }).click();
    await expect(dashboard.inspector('Entry').getByText('When each node had it')).toBeVisible();
    await expect(dashboard.inspector('Entry').getByText('greeting')).toBeVisible();
    await page.keyboard.press('Escape');
  });

  const second = await dashboard.leader();
  await test.step('the leader is killed, and the Timeline says how long it took', async () => {
    await dashboard.goTo('chaos');
    await button(`Kill ${second}`).click();
    await button(`Confirm kill ${second}`).click();
    await dashboard.leaderAfter(second);
    await dashboard.expectHealth('at-risk');
    await dashboard.goTo('timeline');
    await expect(page.getByText('Until somebody stands')).toBeVisible();
    await dashboard.goTo('chaos');
    await button(`Start ${second}`).click();
    await dashboard.expectHealth('healthy');
  });

  const third = await dashboard.leader();
  await test.step('a partition: the old leader is alone, and what it takes is not committed', async () => {
    // Whoever does not wait writes on while the old leader does not know yet that it is alone.
    const writer = new Writer(cluster, [third], { patienceMs: 200 });
    await expect.poll(() => writer.acknowledged.size).toBeGreaterThan(5);
    await chaos.cutOff(third);
    await expect(chaos.plan.getByText(`${third} leads now, and strands`)).toBeVisible();
    await chaos.apply();
    await dashboard.leaderAfter(third);
    await writer.stop();

    await dashboard.goTo('data');
    await data.askAt(third);
    await data.write('colour', 'red');
    await expect(data.editor.getByRole('alert')).toContainText(`${third} knows no leader`);
    await data.editor.getByRole('button', { name: 'Cancel' }).click();
    await data.askAt(await dashboard.leaderAfter(third));
    await data.write('colour', 'blue');
    await data.writtenBy('colour');
    await dashboard.goTo('stage');
    await expect(
      page.getByRole('link', { name: new RegExp(`^${third}, .*will be cut$`) }).first(),
    ).toBeVisible();
  });

  await test.step('it heals: the entries that were never committed are cut, and all logs agree', async () => {
    await dashboard.goTo('chaos');
    await chaos.healAll();
    await dashboard.expectHealth('healthy');
    await dashboard.goTo('stage');
    await expect(page.getByRole('link', { name: /will be cut$/ })).toHaveCount(0);
    await expect.poll(() => cluster.get(third, 'colour')).toBe('blue');
  });
});

import { electionFile } from '../support/recorded.js';
import { StaticServer } from '../support/static-server.js';
import { calmTest, expect, test } from '../support/test.js';

test('a recording opens with no cluster and no supervisor, from any static server', async ({
  page,
}) => {
  const server = await StaticServer.start();
  try {
    await page.goto(`${server.url}#/timeline`);
    await expect(page.getByText('No cluster answers here.')).toBeVisible();
    const chooser = page.waitForEvent('filechooser');
    await page
      .getByRole('region', { name: 'Open a recording' })
      .getByRole('button', { name: 'Open a recording' })
      .click();
    await (await chooser).setFiles(electionFile);
    await expect(page.getByText('You are looking at a recording of cluster')).toBeVisible();
    await expect(
      page
        .getByRole('table')
        .getByRole('row', { name: /elected/ })
        .first(),
    ).toBeVisible();

    const scrubber = page.getByRole('slider', { name: 'Moment that is shown' });
    await scrubber.focus();
    await page.keyboard.press('End');
    await expect(scrubber).toHaveAttribute('aria-valuetext', /term \d+, n\d leads/);
    const atEnd = await scrubber.getAttribute('aria-valuetext');
    await page.keyboard.press('Home');
    await expect(scrubber).not.toHaveAttribute('aria-valuetext', atEnd ?? '');
  } finally {
    await server.stop();
  }
});

test('what was seen is saved to a file, and the file tells the same election in place of the live cluster', async ({
  cluster,
  dashboard,
}, testInfo) => {
  const { main, page } = dashboard;
  await dashboard.expectHealthy();
  const first = await dashboard.leader();
  await cluster.act(first, 'kill');
  const second = await dashboard.leaderAfter(first);
  await cluster.act(first, 'start');
  await dashboard.expectHealthy(second);
  await dashboard.goTo('timeline');
  const elections = main.getByRole('region', { name: 'Elections' }).getByRole('row');
  await expect(elections.filter({ hasText: second }).first()).toContainText('elected');
  const told = await elections.allInnerTexts();

  await page.getByRole('button', { name: 'Save a recording' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const file = testInfo.outputPath('now.raftrec');
  await (await download).saveAs(file);

  await dashboard.openRecording(file);
  const banner = page.getByText('You are looking at a recording of cluster');
  await expect(page).toHaveURL(/[?&]t=\d+/);
  await expect(elections).toHaveText(told, { useInnerText: true });
  await page.getByRole('button', { name: 'Back to the live cluster' }).click();
  await expect(banner).toHaveCount(0);
  await expect(page).not.toHaveURL(/[?&]t=\d+/);
});

calmTest('a link that names a time and a node leads there', async ({ dashboard }) => {
  const { page } = dashboard;
  await dashboard.expectHealthy();
  await dashboard.goTo('stage?who=n1');
  const scrubber = page.getByRole('slider', { name: 'Moment that is shown' });
  await scrubber.focus();
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(page).toHaveURL(/[?&]t=\d+/);
  const moment = await scrubber.getAttribute('aria-valuetext');
  const link = page.url();
  await page.getByRole('button', { name: 'LIVE', exact: true }).click();
  await expect(page).not.toHaveURL(/[?&]t=\d+/);
  await dashboard.goTo('timeline');
  await expect(dashboard.inspector('Node')).toHaveCount(0);

  await page.evaluate((url) => (location.href = url), link);
  await expect(scrubber).toHaveAttribute('aria-valuetext', moment ?? '');
  await expect(dashboard.inspector('Node')).toContainText('n1');
});

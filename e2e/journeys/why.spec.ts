import type { Dashboard } from '../support/dashboard.js';
import { expect, test } from '../support/test.js';

/** What the panel says first. */
const answer = (dashboard: Dashboard) =>
  dashboard.inspector('Why').getByTestId('answers').locator('> li').first();

test('why there is no leader, and a start of what is missing beside the answer', async ({
  cluster,
  dashboard,
}) => {
  await dashboard.expectHealthy();
  const leader = await dashboard.leader();
  const follower = await dashboard.follower();
  for (const id of [follower, leader]) await cluster.act(id, 'kill');
  await dashboard.expectHealth('quorum-lost');

  await dashboard.banner.getByRole('link', { name: /why\?$/ }).click();
  const why = dashboard.inspector('Why');
  await expect(why.getByRole('heading', { name: 'Why is there no leader?' })).toBeVisible();
  await expect(why).toContainText('Only 1 of 3 voters are up, and it takes 2 to elect a leader.');
  await why
    .getByRole('button', { name: `Start ${follower}` })
    .first()
    .click();
  await expect(why).toContainText(/There is one: n\d leads term \d+, and a quorum agrees\./);
  await dashboard.expectHealth('at-risk');
});

test('a killed leader is why leadership changed, and the evidence leads to its moment', async ({
  page,
  cluster,
  dashboard,
}) => {
  await dashboard.expectHealthy();
  const first = await dashboard.leader();
  await cluster.act(first, 'kill');
  await dashboard.leaderAfter(first);
  await dashboard.goTo('overview?why=change');
  await expect(answer(dashboard)).toContainText(`the process of ${first} was killed (SIGKILL)`);
  await answer(dashboard)
    .getByRole('link', { name: /on the Timeline/ })
    .first()
    .click();
  await expect(page).toHaveURL(/#\/timeline\?.*t=\d+/);
});

test('faults between a leader and the others are why leadership changed, by whose they are', async ({
  cluster,
  dashboard,
}) => {
  await dashboard.expectHealthy();
  const first = await dashboard.leader();
  const others = ['n1', 'n2', 'n3'].filter((id) => id !== first);
  for (const other of others) await cluster.fault(first, other, { type: 'cut' });
  await dashboard.leaderAfter(first);
  await dashboard.goTo('overview?why=change');
  await expect(answer(dashboard)).toHaveAttribute('data-cause', 'cut-off');
  await expect(answer(dashboard)).toContainText('because a test had put 2 faults between');
});

test('a follower that is cut off is behind because of the fault, and healing it lets it catch up', async ({
  cluster,
  dashboard,
}) => {
  await dashboard.expectHealthy();
  const [leader, follower] = [await dashboard.leader(), await dashboard.follower()];
  await dashboard.goTo(`overview?why=behind%3A${follower}`);
  await expect(answer(dashboard)).toHaveAttribute('data-cause', 'not-behind');
  await cluster.fault(leader, follower, { type: 'cut' });
  await cluster.set(leader, 'meanwhile', 'yes');
  await expect(answer(dashboard)).toHaveAttribute('data-cause', 'link-faults');
  await answer(dashboard).getByRole('button', { name: /^Heal/ }).click();
  await expect(answer(dashboard)).toHaveAttribute('data-cause', 'not-behind');
});

test('a write that lacks a quorum is pending because of those who have not acknowledged it', async ({
  cluster,
  dashboard,
}) => {
  await dashboard.expectHealthy();
  const leader = await dashboard.leader();
  const others = ['n1', 'n2', 'n3'].filter((id) => id !== leader);
  await dashboard.goTo('overview?why=pending');
  await expect(answer(dashboard)).toHaveAttribute('data-cause', 'nothing-pending');
  // Everything comes late, and early enough for the election timers.
  for (const other of others) await cluster.fault(leader, other, { type: 'delay', ms: 400 });
  const written = cluster.set(leader, 'slow', 'yes');
  await expect(answer(dashboard)).toHaveAttribute('data-cause', 'acknowledgements');
  expect((await written).status).toBe(200);
  await expect(answer(dashboard)).toHaveAttribute('data-cause', 'nothing-pending');
});

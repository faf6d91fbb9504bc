import { expect, test } from '../support/test.js';

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

import { gzipSync } from 'node:zlib';
import { expect, test } from '../support/test.js';
import { Writer } from '../support/writer.js';

const ids = ['n1', 'n2', 'n3'];

test('the first load is at most 200 kB, compressed', async ({ page, cluster }) => {
  let bytes = 0;
  page.on('response', async (response) => {
    if (!response.url().startsWith(cluster.url) || response.status() !== 200) return;
    if (response.url().includes('/socket.io/')) return;
    bytes += gzipSync(await response.body()).length;
  });
  await page.goto(cluster.url, { waitUntil: 'networkidle' });
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThanOrEqual(200_000);
});

test('another leader is on the screen 250 ms after it has won', async ({ cluster, dashboard }) => {
  await dashboard.expectHealthy();
  const first = await dashboard.leader();
  // Wall clocks: the nodes and the browser are on one machine.
  const seen = dashboard.page.evaluate(
    (before) =>
      new Promise<number>((resolve) => {
        const field = () => document.querySelector('header [data-field="leader"]')?.textContent;
        const look = () => {
          const now = field()?.trim();
          if (now !== undefined && now !== before && now !== 'none' && now !== '') {
            resolve(Date.now());
          } else requestAnimationFrame(look);
        };
        look();
      }),
    first,
  );
  await cluster.act(first, 'kill');
  const at = await seen;
  const winner = (await cluster.leader()) ?? '';
  const won = (await cluster.events(winner)).findLast(({ type }) => type === 'election-won');
  expect(won).toBeDefined();
  expect(at - (won?.time ?? 0)).toBeLessThanOrEqual(250);
});

test('a lost socket is back within a second of the node, and nothing is missing', async ({
  cluster,
  dashboard,
}) => {
  await dashboard.expectHealthy();
  const leader = await dashboard.leader();
  const follower = ids.find((id) => id !== leader) ?? '';
  await dashboard.page.context().setOffline(true);
  await dashboard.expectHealth('disconnected');
  await cluster.act(follower, 'restart');
  await dashboard.page.context().setOffline(false);
  const from = Date.now();
  await expect
    .poll(
      () =>
        dashboard.page
          .getByRole('banner')
          .locator('[data-field="health"]')
          .getAttribute('data-health'),
      {
        intervals: [20],
      },
    )
    .not.toBe('disconnected');
  // The page tries again every 0.8 s at the latest.
  expect(Date.now() - from).toBeLessThanOrEqual(1_800);
  await dashboard.goTo('overview');
  await expect(dashboard.page.locator('[data-type="gap"]')).toHaveCount(0);
});

test('under load the page stays smooth: no long task, and frames in time', async ({
  cluster,
  dashboard,
}) => {
  await dashboard.expectHealthy();
  await dashboard.goTo('stage');
  const writer = new Writer(cluster, ids);
  await expect.poll(() => writer.acknowledged.size).toBeGreaterThan(200);
  const { longest, late, frames } = await dashboard.page.evaluate(
    () =>
      new Promise<{ longest: number; late: number; frames: number }>((resolve) => {
        let longest = 0;
        new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
        }).observe({ type: 'longtask' });
        const gaps: number[] = [];
        let before = performance.now();
        const begun = before;
        requestAnimationFrame(function frame(now) {
          gaps.push(now - before);
          before = now;
          if (now - begun < 10_000) requestAnimationFrame(frame);
          else {
            const late = gaps.filter((gap) => gap > 17.5).length / gaps.length;
            resolve({ longest, late, frames: gaps.length });
          }
        });
      }),
  );
  await writer.stop();
  test.info().annotations.push({
    type: 'measured',
    description: `${frames} frames in 10 s, ${(late * 100).toFixed(1)} % late, longest task ${longest.toFixed(0)} ms`,
  });
  expect(frames).toBeGreaterThan(100);
  expect(longest).toBeLessThanOrEqual(50);
});

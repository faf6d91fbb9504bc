import { gzipSync } from 'node:zlib';
import type { Page, WebSocketRoute } from '@playwright/test';
import { longestTask } from '../support/main-thread.js';
import { expect, test } from '../support/test.js';
import { Writer } from '../support/writer.js';

const ids = ['n1', 'n2', 'n3'];

test('the first load is at most 200 kB, compressed', async ({ page, cluster }) => {
  let bytes = 0;
  await page.route(`${cluster.url}/**`, async (route) => {
    if (route.request().method() !== 'GET') return route.continue();
    const response = await route.fetch();
    bytes += gzipSync(await response.body()).length;
    return route.fulfill({ response });
  });
  await page.goto(cluster.url, { waitUntil: 'networkidle' });
  await page.unrouteAll({ behavior: 'wait' });
  measured(`${bytes} bytes`);
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

test('lost sockets are back within a second, and nothing is missing', async ({
  page,
  cluster,
  dashboard,
}) => {
  const open = new Set<WebSocketRoute>();
  await page.routeWebSocket(/socket\.io/, (socket) => {
    socket.connectToServer();
    open.add(socket);
  });
  await dashboard.open();
  await dashboard.expectHealthy();
  const before = await dashboard.leader();
  // Offline alone leaves sockets that are open as they are.
  await page.context().setOffline(true);
  for (const socket of open) await socket.close();
  await dashboard.expectHealth('disconnected');
  const after = await cluster.transfer();
  expect(after).not.toBe(before);

  await page.context().setOffline(false);
  const from = Date.now();
  const leader = dashboard.banner.locator('[data-field="leader"]');
  await expect.poll(() => leader.textContent(), { intervals: [20] }).toBe(after);
  const took = Date.now() - from;
  measured(`back after ${took} ms`);
  expect(took).toBeLessThanOrEqual(1_000);
  await dashboard.expectHealthy(after);
  await dashboard.goTo('overview');
  const events = page.getByRole('list', { name: 'Events' });
  await expect(events.locator('[data-type="election-won"]').first()).toContainText(after);
  await expect(page.locator('[data-type="gap"]')).toHaveCount(0);
});

test('under load the page stays smooth: no long task, and frames in time', async ({
  cluster,
  dashboard,
}) => {
  const { page } = dashboard;
  await dashboard.expectHealthy();
  await dashboard.goTo('stage');
  const writer = new Writer(cluster, ids, { atOnce: 64 });
  await expect.poll(() => writer.acknowledged.size).toBeGreaterThan(200);
  let gaps: readonly number[] = [];
  const longest = await longestTask(page, async () => {
    gaps = await frameGaps(page, 10_000);
  });
  await writer.stop();
  const late = gaps.filter((gap) => gap > 17.5).length / gaps.length;
  measured(
    `${gaps.length} frames in 10 s, ${(late * 100).toFixed(1)} % late, longest task ${longest.toFixed(0)} ms`,
  );
  expect(gaps.length).toBeGreaterThan(100);
  expect(longest).toBeLessThanOrEqual(50);
});

/** What stands between one frame and the next, ms. */
function frameGaps(page: Page, forMs: number): Promise<readonly number[]> {
  return page.evaluate(
    (forMs) =>
      new Promise<number[]>((resolve) => {
        const gaps: number[] = [];
        const begun = performance.now();
        let before = begun;
        requestAnimationFrame(function frame(now) {
          gaps.push(now - before);
          before = now;
          if (now - begun < forMs) requestAnimationFrame(frame);
          else resolve(gaps);
        });
      }),
    forMs,
  );
}

/** Stands in the report beside the test. */
function measured(description: string): void {
  test.info().annotations.push({ type: 'measured', description });
}

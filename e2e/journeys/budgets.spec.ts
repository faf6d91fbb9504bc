import { gzipSync } from 'node:zlib';
import type { WebSocketRoute } from '@playwright/test';
import { expect, test } from '../support/test.js';
import { Writer } from '../support/writer.js';

const ids = ['n1', 'n2', 'n3'];

test('the first load is at most 200 kB, compressed', async ({ page, cluster }) => {
  let bytes = 0;
  await page.route(`${cluster.url}/**`, async (route) => {
    const response = await route.fetch();
    bytes += gzipSync(await response.body()).length;
    await route.fulfill({ response });
  });
  await page.goto(cluster.url, { waitUntil: 'networkidle' });
  test.info().annotations.push({ type: 'measured', description: `${bytes} bytes` });
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
  let isCut = false;
  await page.routeWebSocket(/socket\.io/, async (socket) => {
    if (isCut) return socket.close();
    socket.connectToServer();
    open.add(socket);
  });
  await dashboard.open();
  await dashboard.expectHealthy();
  const before = await dashboard.leader();
  isCut = true;
  for (const socket of open) await socket.close();
  await dashboard.expectHealth('disconnected');
  const after = await cluster.transfer();
  expect(after).not.toBe(before);
  isCut = false;
  const from = Date.now();
  await expect
    .poll(() => dashboard.banner.locator('[data-field="leader"]').textContent(), {
      intervals: [20],
      timeout: 5_000,
    })
    .toBe(after);
  expect(Date.now() - from).toBeLessThanOrEqual(1_000);
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

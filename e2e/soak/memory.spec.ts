import { expect, test } from '../support/test.js';
import { Writer } from '../support/writer.js';

const minutes = Number(process.env.MINUTES ?? 10);
const ids = ['n1', 'n2', 'n3'];

test('the memory of a page that watches a busy cluster stays flat', async ({
  cluster,
  dashboard,
}) => {
  test.setTimeout((minutes + 2) * 60_000);
  const { page } = dashboard;
  await dashboard.expectHealthy();
  await dashboard.goTo('stage');
  const session = await page.context().newCDPSession(page);
  const heapMiB = async () => {
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    return usedSize / 2 ** 20;
  };
  const writer = new Writer(cluster, ids, { atOnce: 16, keys: 1_000 });
  const heap: number[] = [];
  for (let minute = 0; minute < minutes; minute++) {
    // The load goes on for a minute: time itself is what is tested here.
    await page.waitForTimeout(60_000);
    heap.push(await heapMiB());
    console.info(`minute ${minute + 1}: ${heap.at(-1)?.toFixed(1)} MiB`);
  }
  await writer.stop();
  // What the page keeps is full after the first half.
  const half = Math.floor(heap.length / 2);
  const before = Math.max(...heap.slice(0, half));
  expect(Math.max(...heap.slice(half))).toBeLessThanOrEqual(before * 1.1);
});

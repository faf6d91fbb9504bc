import { AxeBuilder } from '@axe-core/playwright';
import type { Dashboard } from './dashboard.js';

/** The pages by their addresses. */
export const pages = [
  'overview',
  'stage',
  'nodes',
  'data',
  'timeline',
  'chaos',
  'members',
  'metrics',
] as const;

/** What stands in the way of assistive technology on these pages, in both schemes. */
export async function obstacles(
  dashboard: Dashboard,
  places: readonly string[] = pages,
): Promise<unknown[]> {
  const { page } = dashboard;
  const found: unknown[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const place of places) {
      await dashboard.goTo(place);
      const { violations } = await new AxeBuilder({ page }).analyze();
      for (const { id, nodes } of violations) {
        found.push([place, colorScheme, id, nodes.map(({ target }) => target)]);
      }
    }
  }
  return found;
}

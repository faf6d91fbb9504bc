import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { around } from '../../../test/desk.js';
import { deskWithRecording } from '../../../test/recording-desk.js';
import type { Desk } from '../../state/desk.svelte.js';
import Metrics from './Metrics.svelte';

// The imitated browser has no canvas to draw on.
vi.mock('./draw-chart.js', () => ({
  Chart: class {
    draw = vi.fn();
    destroy = vi.fn();
  },
}));

let desk: Desk;

beforeEach(async () => {
  desk = await deskWithRecording();
  render(Metrics, { context: around(desk) });
});

afterEach(() => window.history.replaceState(null, '', '#/'));

test('each measure is a chart that says its figures in words', () => {
  const charts = screen.getAllByRole('img').map((chart) => chart.getAttribute('aria-label'));
  expect(charts).toHaveLength(15);
  expect(charts[0]).toMatch(/^Entries committed: n1 [\d.–]+, at most [\d.–]+; n2 .*; n3 /);
  expect(charts.some((name) => /^Memory: n1 \d+(\.\d+)?, at most/.test(name ?? ''))).toBe(true);
});

test('the same stands in a table, and the address remembers it', async () => {
  await fireEvent.click(screen.getByRole('button', { name: 'Table' }));
  expect(desk.router.params.as).toBe('table');
  expect(screen.queryAllByRole('img')).toEqual([]);
  const rows = within(screen.getByRole('table')).getAllByRole('row');
  expect(rows).toHaveLength(1 + 15 * 3);
});

test('one node can be asked for', async () => {
  await fireEvent.click(screen.getByRole('button', { name: 'n2' }));
  expect(screen.getAllByRole('img')[0]?.getAttribute('aria-label')).not.toContain('n1');
  expect(desk.router.params.of).toBe('n2');
});

test('the figures are saved as CSV', async () => {
  let saved: Blob | null = null;
  vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
    saved = file as Blob;
    return 'blob:x';
  });
  await fireEvent.click(screen.getByRole('button', { name: 'Save as CSV' }));
  const [head, first] = (await saved!.text()).split('\r\n');
  expect(head).toMatch(/^time,committed n1,committed n2,committed n3,writes n1/);
  expect(first).toMatch(/^20\d\d-\d\d-\d\dT/);
});

import { render, screen } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import { around, deskSeeing } from '../../../test/desk.js';
import { fault, leading } from '../../../test/fixtures.js';
import { now, observed } from '../../../test/observed.js';
import FaultStrip from './FaultStrip.svelte';

test('the strip counts what is in force, whose it is, and what heals first', () => {
  const faults = [fault({ leftMs: 30_100 }), fault({ id: 'f2', peer: 'n3', leftMs: 12_000 })];
  const view = observed({ n1: { words: leading('n1', { faults }) } });
  render(FaultStrip, { context: around(deskSeeing(view)) });
  const strip = screen.getByTestId('fault-strip');
  expect(strip.textContent).toContain('2 faults in force');
  expect(strip.textContent).toContain('n1 → n2 and n1 → n3 cut');
  expect(strip.textContent).toContain('by ann');
  expect(strip.textContent).toContain('the first heals in 12 s');
});

test('in the past the strip says that it shows the present, and heals it', () => {
  const words = leading('n1', { faults: [fault()] });
  const desk = deskSeeing(observed({ n1: { words } }));
  render(FaultStrip, { context: around(desk) });
  const strip = screen.getByTestId('fault-strip');
  expect(strip.textContent).not.toContain('This is now');
  desk.playhead.seek(now - 5_000);
  flushSync();
  expect(strip.textContent).toContain(
    '1 fault in force This is now: the page below shows the past.',
  );
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Heal all' }).disabled).toBe(false);
});

test('without a fault there is no strip', () => {
  render(FaultStrip, { context: around(deskSeeing(observed())) });
  expect(screen.queryByTestId('fault-strip')).toBeNull();
});

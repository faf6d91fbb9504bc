import { render, screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { around, deskSeeing } from '../../../test/desk.js';
import { now, observed, observedHistory } from '../../../test/observed.js';
import Banner from './Banner.svelte';

test('when nobody answers the page says how old it is, and can try again', () => {
  const history = observedHistory();
  history.take({ t: now, kind: 'supervisor', link: 'closed' });
  for (const node of ['n1', 'n2', 'n3']) {
    history.take({ t: now, kind: 'link', node, link: 'closed', problem: 'transport close' });
  }
  render(Banner, { context: around(deskSeeing(history.viewAt(now + 12_000))) });
  expect(screen.getByText(/as it was last heard, 12 s ago/)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Retry now' })).toBeTruthy();
});

test('a node of another version is named, for it is heard and not understood', () => {
  const history = observedHistory();
  history.take({ t: now, kind: 'link', node: 'n2', link: 'open', problem: 'status unreadable' });
  render(Banner, { context: around(deskSeeing(history.viewAt(now))) });
  expect(screen.getByText(/n2 speaks another version of the protocol/)).toBeTruthy();
});

test('a supervisor of another version is named, with both versions', () => {
  const desk = deskSeeing(observed());
  const skew = { kind: 'version', supervisor: '9.9.9', page: '0.1.0' } as const;
  Object.defineProperty(desk.cluster, 'supervisorSkew', { get: () => skew });
  render(Banner, { context: around(desk) });
  expect(screen.getByText(/^The supervisor is of version 9.9.9, this page of 0.1.0/)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Reload the page' })).toBeTruthy();
});

test('a healthy page says nothing', () => {
  render(Banner, { context: around(deskSeeing(observed())) });
  expect(document.body.textContent.trim()).toBe('');
});

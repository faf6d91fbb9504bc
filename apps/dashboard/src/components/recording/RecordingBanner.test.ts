import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { around, deskSeeing } from '../../../test/desk.js';
import { observed } from '../../../test/observed.js';
import { deskWithRecording } from '../../../test/recording-desk.js';
import { viewOf } from '../../core/cluster/cluster-view.js';
import RecordingBanner from './RecordingBanner.svelte';

afterEach(() => vi.unstubAllGlobals());

test('a recording says whose it is and when it was made, and leads back', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new Error('nobody')));
  const desk = await deskWithRecording();
  render(RecordingBanner, { context: around(desk) });
  expect(
    screen.getByText(/You are looking at a recording of cluster [0-9a-f]{8}, made .*20\d\d/),
  ).toBeTruthy();
  expect(screen.getByText(/What the processes printed was left out/)).toBeTruthy();
  expect(desk.actions.hindrance).toContain('You are looking at a recording');
  await fireEvent.click(screen.getByRole('button', { name: 'Back to the live cluster' }));
  expect(screen.queryByText(/You are looking at a recording/)).toBeNull();
  expect([desk.playhead.isLive, desk.actions.hindrance]).toEqual([true, null]);
});

test('a file that is no recording is refused in words, and what is shown stays', async () => {
  const desk = deskSeeing(observed());
  render(RecordingBanner, { context: around(desk) });
  await desk.recordings.read(new Blob(['hello']));
  expect((await screen.findByRole('alert')).textContent).toContain('This file is no recording.');
  expect(desk.cluster.recording).toBeNull();
  await fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
  expect(screen.queryByRole('alert')).toBeNull();
});

test('where no cluster answers, a recording is offered', () => {
  const nobody = viewOf({
    supervisor: 'closed',
    observations: [],
    earlier: new Map(),
    commitRates: [],
    at: 0,
  });
  render(RecordingBanner, { context: around(deskSeeing(nobody)) });
  expect(screen.getByText(/No cluster answers here/)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Open a recording' })).toBeTruthy();
});

test('a recording can be dropped anywhere on the page', async () => {
  const desk = deskSeeing(observed());
  const read = vi.spyOn(desk.recordings, 'read').mockResolvedValue();
  render(RecordingBanner, { context: around(desk) });
  const file = new Blob(['x']);
  const dataTransfer = { types: ['Files'], files: [file] };
  await fireEvent.dragOver(window, { dataTransfer });
  expect(screen.getByText('Drop the recording to open it')).toBeTruthy();
  await fireEvent.drop(window, { dataTransfer });
  expect(read).toHaveBeenCalledWith(file);
  expect(screen.queryByText('Drop the recording to open it')).toBeNull();
});

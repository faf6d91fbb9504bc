import { fireEvent, render, screen } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import { around, deskAt } from '../../../test/desk.js';
import { leading } from '../../../test/fixtures.js';
import { now } from '../../../test/observed.js';
import { Recorded } from '../../../test/recorded.js';
import { deskWithRecording } from '../../../test/recording-desk.js';
import type { Desk } from '../../state/desk.svelte.js';
import TransportBar from './TransportBar.svelte';

afterEach(() => window.history.replaceState(null, '', '#/'));

function told(): Recorded {
  const story = new Recorded();
  for (const ms of [-600, -400, -200]) {
    story.event('n2', ms, 'role-changed', { role: 'follower', term: 3 });
  }
  return story.frame('n1', 0, leading());
}

function show(desk: Desk): Desk {
  render(TransportBar, { context: around(desk) });
  return desk;
}

const scrubber = () => screen.getByRole('slider', { name: 'Moment that is shown' });
const press = (key: string, shiftKey = false) => fireEvent.keyDown(scrubber(), { key, shiftKey });

test('it is there on pages of time, and wherever the past is shown', () => {
  const story = told();
  const desk = deskAt(story.history, now);
  desk.playhead.live();
  show(desk);
  expect(screen.queryByRole('slider')).toBeNull();
  desk.playhead.seek(now - 100);
  flushSync();
  expect(scrubber()).toBeTruthy();
});

test('arrows go from event to event, with Shift by a second', async () => {
  const desk = show(deskAt(told().history, now - 300));
  await press('ArrowLeft');
  expect(desk.playhead.time).toBe(now - 400);
  await press('ArrowRight');
  expect(desk.playhead.time).toBe(now - 200);
  desk.playhead.seek(now);
  await press('ArrowLeft', true);
  expect(desk.playhead.time).toBe(now - 1_000);
});

test('Home goes to the first moment that is known, and End to the present', async () => {
  const desk = show(deskAt(told().history, now - 300));
  await press('Home');
  expect(desk.playhead.time).toBe(now - 1_000);
  await press('End');
  expect(desk.playhead.isLive).toBe(true);
});

test('the scrubber says the moment, the term and the leader', () => {
  show(deskAt(told().history, now - 300));
  expect(scrubber().getAttribute('aria-valuetext')).toMatch(
    /^\d\d:\d\d:\d\d\.\d{3}, term 3, n1 leads$/,
  );
});

test('a time of day can be typed, and one that is none is refused', async () => {
  const desk = show(deskAt(told().history, now - 300));
  const field = screen.getByRole('textbox', { name: 'Time of day' });
  const wanted = new Date(now - 500);
  const part = (value: number) => String(value).padStart(2, '0');
  const text = `${part(wanted.getHours())}:${part(wanted.getMinutes())}:${part(wanted.getSeconds())}.${String(wanted.getMilliseconds()).padStart(3, '0')}`;
  await fireEvent.input(field, { target: { value: 'noon' } });
  await fireEvent.change(field);
  expect(screen.getByRole('alert').textContent).toContain('A time like');
  await fireEvent.input(field, { target: { value: text } });
  await fireEvent.change(field);
  expect(screen.queryByRole('alert')).toBeNull();
  expect(desk.playhead.time).toBe(now - 500);
});

test('play, pause and speed move the moment that is shown', async () => {
  const desk = show(deskAt(told().history, now - 300));
  await fireEvent.click(screen.getByRole('button', { name: 'Play' }));
  desk.playhead.advance(100);
  expect(desk.playhead.time).toBe(now - 200);
  await fireEvent.change(screen.getByRole('combobox', { name: 'Speed' }), {
    target: { value: '0.1' },
  });
  await fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
  desk.playhead.advance(100);
  expect(desk.playhead.time).toBe(now - 200);
});

test('a recording ends, and is never live', async () => {
  const desk = show(await deskWithRecording());
  const { to } = desk.playhead.bounds();
  expect(desk.view.leadership.leader).not.toBeNull();
  await press('End');
  expect([desk.playhead.time, desk.playhead.isLive]).toEqual([to, false]);
  desk.playhead.play();
  desk.playhead.advance(1_000);
  expect([desk.playhead.time, desk.playhead.playing]).toEqual([to, false]);
});

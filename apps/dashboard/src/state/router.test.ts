import { expect, test } from 'vitest';
import { Router } from './router.svelte.js';

/** An address that can be looked at, and changed as by a link: its event comes later. */
function fakeWindow(hash: string) {
  const location = { hash } as Location;
  const history = {
    replaceState: (_state: unknown, _title: string, url: string) => (location.hash = url),
  } as unknown as History;
  return { location, history };
}

test('parameters are set beside those that are there, and taken away', () => {
  const window = fakeWindow('#/stage?t=5&entry=n1%3A3');
  const router = new Router(window);
  router.set({ t: null, message: '7' });
  expect(window.location.hash).toBe('#/stage?entry=n1%3A3&message=7');
  router.set({ entry: null });
  expect(router.params).toEqual({ message: '7' });
});

test('what is set while a link is being followed does not lead back', () => {
  const window = fakeWindow('#/stage?t=5');
  const router = new Router(window);
  window.location.hash = '#/data?t=9';
  router.set({ t: '6' });
  expect(window.location.hash).toBe('#/data?t=9');
  router.moved();
  expect([router.page, router.params]).toEqual(['data', { t: '9' }]);
});

import { expect, test } from 'vitest';
import { href, pages, placeOf } from './place.js';

test.each(pages)('the address of %s leads to it', (page) => {
  expect(placeOf(href(page))).toEqual({ page, item: null, params: {} });
});

test('what is selected, and when, stands in the address, whatever its letters', () => {
  const params = { t: '1700000000000', prefix: 'a/b&c=d #?' };
  expect(placeOf(href('nodes', 'n/1 ü', params))).toEqual({ page: 'nodes', item: 'n/1 ü', params });
});

test.each(['', '#', '#/', '#/nowhere', '#main'])('%j is the first page', (hash) => {
  expect(placeOf(hash).page).toBe('overview');
});

test('a broken address is taken as it stands', () => {
  expect(placeOf('#/nodes/%E0%A4%A').item).toBe('%E0%A4%A');
});

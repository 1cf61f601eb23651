import { expect, test } from 'vitest';
import { firstPages } from './first-pages.ts';

const list = {
  pages: [
    { items: ['a', 'b'], nextCursor: 'b' },
    { items: ['c', 'd', 'e'], nextCursor: 'e' },
    { items: ['f'], nextCursor: null },
  ],
  pageParams: [undefined, 'b', 'e'],
};

test.each([
  [0, 1],
  [2, 1],
  [3, 2],
  [5, 2],
  [6, 3],
  [99, 3],
])('%d rows are on the first %d pages', (rows, count) => {
  expect(firstPages(list, rows)).toEqual({
    pages: list.pages.slice(0, count),
    pageParams: list.pageParams.slice(0, count),
  });
});

test('of a list that has no pages there are none', () => {
  expect(firstPages({ pages: [], pageParams: [] }, 3)).toEqual({ pages: [], pageParams: [] });
});

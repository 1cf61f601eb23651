import { expect, test } from 'vitest';
import { isEveryRowSelected, rowsBetween, toggleRows } from './row-selection.ts';

test('a row is selected, and let go again', () => {
  const selected = toggleRows({ a: true }, 'b', ['b']);
  expect(selected).toEqual({ a: true, b: true });
  expect(toggleRows(selected, 'a', ['a'])).toEqual({ b: true });
});

test('rows follow the one that was meant, in either direction', () => {
  const ids = ['a', 'b', 'c', 'd'];
  expect(rowsBetween(ids, 'd', 'b')).toEqual(['b', 'c', 'd']);
  expect(toggleRows({ d: true }, 'b', rowsBetween(ids, 'd', 'b'))).toEqual({ b: true, c: true, d: true });
  expect(toggleRows({ a: true, b: true, c: true }, 'c', rowsBetween(ids, 'b', 'c'))).toEqual({ a: true });
});

test.each([[null], ['gone']])('after %s there is no range', (one) => {
  expect(rowsBetween(['a', 'b'], one, 'b')).toEqual(['b']);
});

test('every row is selected when none is missing', () => {
  const idOf = (id: string) => id;
  expect(isEveryRowSelected(['a', 'b'], idOf, { a: true, b: true, gone: true })).toBe(true);
  expect(isEveryRowSelected(['a', 'b'], idOf, { a: true, gone: true })).toBe(false);
  expect(isEveryRowSelected([], idOf, {})).toBe(false);
});

import { expect, it } from 'vitest';
import { formatBytes, formatDuration, plural } from './format.ts';

it.each([
  [0, '0 ms'],
  [999.4, '999 ms'],
  [999.5, '1.0 s'],
  [59_949, '59.9 s'],
  [59_950, '1 min 0 s'],
  [3_725_000, '62 min 5 s'],
])('a duration of %d ms is %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

it.each([
  [999, '999 B'],
  [1_000, '1.0 kB'],
  [70_512_331, '70.5 MB'],
])('a size of %d bytes is %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it('counts in words', () => {
  expect([plural(0, 'row'), plural(1, 'row'), plural(1_200, 'row')]).toEqual([
    '0 rows',
    '1 row',
    '1,200 rows',
  ]);
});

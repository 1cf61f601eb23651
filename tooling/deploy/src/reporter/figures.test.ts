import { expect, test } from 'vitest';
import type { Progress } from '../progress.ts';
import { figures, percent } from './figures.ts';

const bytes: Progress = { label: 'dumping', detail: null, unit: 'bytes', done: 412e6, total: 1.3e9 };

test.each<[string, Progress, number | undefined, string[]]>([
  ['all is known', bytes, 45.1e6, ['412.0 MB of 1.3 GB', '45.1 MB/s', '20 s left']],
  ['it goes for minutes', bytes, 2e6, ['412.0 MB of 1.3 GB', '2.0 MB/s', '7 min 24 s left']],
  ['the speed is not known', bytes, undefined, ['412.0 MB of 1.3 GB']],
  ['it stands still', bytes, 0, ['412.0 MB of 1.3 GB', '0 B/s']],
  ['it has only begun', { ...bytes, done: 1e6 }, 1e6, ['1.0 MB of 1.3 GB', '1.0 MB/s']],
  ['nobody knows the whole', { ...bytes, total: null }, 2e6, ['412.0 MB', '2.0 MB/s']],
  [
    'rows',
    { ...bytes, unit: 'rows', done: 500, total: 2_000 },
    100,
    ['500 of 2,000 rows', '100 rows/s', '15 s left'],
  ],
  [
    'items, of which none is like the other',
    { ...bytes, unit: 'items', done: 5, total: 50 },
    10,
    ['5 of 50 items'],
  ],
])('figures where %s', (_, progress, perSecond, told) => {
  expect(figures(progress, perSecond)).toEqual(told);
});

test.each<[number, number | null, string | undefined]>([
  [0, 10, '0 %'],
  [999, 1_000, '99 %'],
  [12, 10, '100 %'],
  [5, null, undefined],
  [0, 0, undefined],
])('%d of %s is %s', (done, total, share) => {
  expect(percent({ ...bytes, done, total })).toBe(share);
});

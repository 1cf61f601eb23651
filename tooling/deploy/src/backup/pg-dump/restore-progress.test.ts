import { expect, test } from 'vitest';
import type { Progress } from '../../progress.ts';
import { restoreProgress } from './restore-progress.ts';

const TABLES = [
  { table: 'public.t', kind: 'table' as const, rows: 10, hash: '0' },
  { table: 'public.u', kind: 'table' as const, rows: 30, hash: '0' },
];

function follow() {
  const told: Progress[] = [];
  const progress = restoreProgress(TABLES, 5, (one) => void told.push(one));
  return { progress, last: (label: string) => told.findLast((one) => one.label === label) };
}

test('items count when they are done, rows when their table is full', () => {
  const { progress, last } = follow();
  const lines = [
    'pg_restore: connecting to database for restore',
    'pg_restore: processing item 214 TABLE t',
    'pg_restore: creating TABLE "public.t"',
    'pg_restore: launching item 3350 TABLE DATA t',
    'pg_restore: processing data for table "public.t"',
    'pg_restore: finished item 3350 TABLE DATA t',
    'pg_restore: launching item 3205 CONSTRAINT t t_pkey',
  ];
  expect(lines.map((line) => progress.takes(line))).toEqual(lines.map(() => true));
  expect(last('restoring')).toMatchObject({ done: 2, total: 5, detail: 'CONSTRAINT t t_pkey' });
  expect(last('filling tables')).toMatchObject({ done: 10, total: 40, unit: 'rows' });
  progress.filling(25);
  expect(last('filling tables')).toMatchObject({ done: 35 });
});

test('an error and where it happened stay with the error', () => {
  const { progress } = follow();
  const lines = [
    'pg_restore: while PROCESSING TOC:',
    'pg_restore: from TOC entry 215; 1259 16390 TABLE u postgres',
    'pg_restore: error: could not execute query: ERROR:  relation "u" already exists',
    'Command was: CREATE TABLE public.u (',
    '    id integer',
  ];
  expect(lines.filter((line) => progress.takes(line))).toEqual([]);
});

import { describe, expect, test } from 'vitest';
import { compareContents } from './compare.ts';
import type { TableContent } from './manifest.ts';

const table = (
  name: string,
  rows: number,
  hash = '1',
  kind: TableContent['kind'] = 'table',
): TableContent => ({
  table: name,
  kind,
  rows,
  hash,
});

describe('compareContents', () => {
  test.each<[string, TableContent[], TableContent[], string[]]>([
    ['equal, in any order', [table('a', 1), table('b', 2)], [table('b', 2), table('a', 1)], []],
    ['a table that is missing', [table('a', 1)], [], ['a is missing; it should have 1 row.']],
    ['a table too many', [], [table('a', 2)], ['a with 2 rows should not be there.']],
    ['fewer rows', [table('a', 12_345)], [table('a', 12_344)], ['a has 12,344 rows instead of 12,345 rows.']],
    [
      'other values',
      [table('a', 2, '1')],
      [table('a', 2, '2')],
      ['a has its 2 rows, but not the same values in them.'],
    ],
    [
      'a materialized view that was stale',
      [table('v', 1, '1', 'materialized-view')],
      [table('v', 9, '2', 'materialized-view')],
      [],
    ],
    [
      'a materialized view that is missing',
      [table('v', 1, '1', 'materialized-view')],
      [],
      ['v is missing; it should have 1 row.'],
    ],
  ])('%s', (_, expected, actual, problems) => {
    expect(compareContents(expected, actual)).toEqual(problems);
  });
});

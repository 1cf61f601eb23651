import { expect, it } from 'vitest';
import { CONTEXT, lintSql } from '../../../test/support/describe-rule.ts';

it.each([
  ['merge into small using big on false when matched then do nothing', 15],
  ['merge into small using big on false when not matched by source then do nothing', 17],
  ['merge into small using big on false when matched then do nothing returning *', 17],
  ['alter table empty add constraint nn not null note', 18],
  ['create table t (a int, b int generated always as (a * 2))', 18],
  ['create table t (a int check (a > 0) not enforced)', 18],
  ['create table t (id int, at daterange, unique (id, at without overlaps))', 18],
  ['create table t (id int, at daterange, foreign key (id, period at) references u (id, period at))', 18],
  ['create table t (a int unique nulls not distinct)', 15],
  ['create unique index i on empty (id) nulls not distinct', 15],
  ['alter table empty alter id set expression as (1)', 17],
  ['alter table empty set access method heap', 15],
  ['update empty set id = 1 returning with (old as o) o.id', 18],
  ["select * from json_table('[]', '$' columns (a int)) as t", 17],
  ["select json_value('{}', '$.a')", 17],
  ["select json_object('a': 1)", 16],
])('%s came with %i', async (sql, since) => {
  const foundBy = async (serverVersion: number | undefined) =>
    (await lintSql(sql, { ...CONTEXT, serverVersion })).filter(({ rule }) => rule === 'newer-than-server');
  expect(await foundBy(since - 1)).toMatchObject([{ severity: 'error' }]);
  expect(await foundBy(since)).toEqual([]);
  expect(await foundBy(undefined)).toEqual([]);
});

it('finds nothing in what every supported server knows', async () => {
  const sql = `create table t (id bigint generated always as identity primary key, a int not null check (a > 0),
                 b int generated always as (a * 2) stored, unique (a), foreign key (a) references empty (id));
               insert into t (a) values (1) on conflict do nothing returning id;`;
  expect(await lintSql(sql, { ...CONTEXT, serverVersion: 14 })).toEqual([]);
});

import { expect, it } from 'vitest';
import { CONTEXT, describeRule } from '../../../test/support/describe-rule.ts';
import { lintMigrations } from '../lint.ts';

describeRule('drop-object', {
  warning: [
    'drop view v',
    'drop materialized view if exists s.mv',
    'drop function f(int), g',
    'drop procedure p',
    'drop sequence s',
    'drop type mood',
    'drop domain d',
    'create view other as select 1; drop view v',
  ],
  clean: [
    'drop view v; create view v as select 1',
    'drop function f(int); create function f(bigint) returns int language sql return 1',
    'create or replace view v as select 1; drop view v',
    'drop materialized view mv; create materialized view mv as select 1',
    'create sequence s; drop sequence s',
    "create type mood as enum ('sad'); drop type mood",
    'drop table empty',
    'drop trigger t on big; drop policy p on big; drop index concurrently i; drop schema s',
  ],
});

it('looks at all migrations of the deployment', async () => {
  const migrations = [
    { name: 'a', sql: 'drop view v' },
    { name: 'b', sql: 'create view v as select 1' },
  ];
  expect(await lintMigrations(migrations, CONTEXT)).toEqual([]);
  expect(await lintMigrations(migrations.slice(0, 1), CONTEXT)).toMatchObject([{ rule: 'drop-object' }]);
});

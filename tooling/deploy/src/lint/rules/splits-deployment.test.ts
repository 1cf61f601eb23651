import { expect, it } from 'vitest';
import { CONTEXT, describeRule, lintSql } from '../../../test/support/describe-rule.ts';
import { lintMigrations } from '../lint.ts';

describeRule('splits-deployment', {
  warning: [
    'update big set note = code where note is null; create index concurrently i on big (note)',
    "alter type mood add value 'blue'; update small set code = 'blue' where id = 1",
    'reindex table concurrently big; alter table small add x int',
    'alter table big detach partition p concurrently; alter table small add x int',
    'create database other; reindex table concurrently big',
  ],
  clean: [
    'create index concurrently i on big (id); alter table small add x int',
    // A new column is dropped again.
    'alter table big add x int; create index concurrently i on big (x)',
    'alter table small add x int; create index concurrently i on big (id)',
    "alter type mood add value 'blue'",
    'reindex table concurrently big',
    'vacuum big; alter table small add x int',
    'alter table big add x int; create index i on empty (id)',
    // Whose index that is nobody knows here.
    'alter table big add x int; drop index concurrently i',
    'do $$ begin perform 1; end $$',
  ],
});

it.each([
  [['big'], 1],
  [['small'], 0],
])('of an index of %s it says so %i times', async (related, count) => {
  const context = { ...CONTEXT, relatedRelations: () => related };
  const sql = 'alter table big alter note set default 1; drop index concurrently i';
  expect((await lintSql(sql, context)).filter(({ rule }) => rule === 'splits-deployment')).toHaveLength(
    count,
  );
});

it('looks at all migrations of a deployment, each under its own name', async () => {
  const migrations = [
    { name: 'a', sql: 'update big set note = code where note is null;', file: 'a.sql' },
    { name: 'b', sql: 'select 1; create index concurrently i on big (note);', file: 'b.sql' },
  ];
  expect(await lintMigrations(migrations, CONTEXT)).toMatchObject([
    {
      rule: 'splits-deployment',
      file: 'b.sql',
      line: 1,
      column: 11,
      why: expect.stringContaining('committed first'),
    },
  ]);
});

import { describe, expect, it } from 'vitest';
import { CONTEXT, lintSql } from '../../test/support/describe-rule.ts';
import { lintMigrations } from './lint.ts';
import { PREFERENCES } from './preferences.ts';
import { RULES } from './rules.ts';

describe('lintMigrations', () => {
  it('says which rule, where, in which statement, why, and what to write instead', async () => {
    const findings = await lintSql('-- é\nselect 1;\n  create index\n    i on big (id);');
    expect(findings).toEqual([
      {
        rule: 'index-not-concurrent',
        severity: 'error',
        file: 'm/migration.sql',
        line: 3,
        column: 3,
        endLine: 4,
        endColumn: 18,
        statement: 'create index i on big (id)',
        why: expect.stringContaining('big (1,000,000 rows, 96 MiB)'),
        rewrite: expect.stringContaining('CONCURRENTLY'),
        accepted: null,
      },
    ]);
  });

  it('reports a file that does not parse and goes on with the others', async () => {
    const findings = await lintMigrations(
      [
        { name: 'a', sql: 'create tabel t ();', file: 'a.sql' },
        { name: 'b', sql: 'drop table big' },
      ],
      CONTEXT,
    );
    expect(findings).toMatchObject([
      {
        rule: 'syntax-error',
        severity: 'error',
        file: 'a.sql',
        line: 1,
        column: 8,
        statement: 'tabel t ();',
      },
      { rule: 'drop-table', file: 'b/migration.sql' },
    ]);
  });

  it('finds nothing in no migrations, in an empty one, and in one of comments', async () => {
    expect(await lintMigrations([], CONTEXT)).toEqual([]);
    expect(await lintSql('')).toEqual([]);
    expect(await lintSql('-- nothing to do')).toEqual([]);
  });

  it('knows what earlier migrations made', async () => {
    const migrations = [
      { name: 'a', sql: 'create table t (a int)' },
      { name: 'b', sql: 'create index i on t (a); alter table t alter a type bigint' },
    ];
    expect(await lintMigrations(migrations, CONTEXT)).toEqual([]);
    expect((await lintMigrations(migrations.slice(1), CONTEXT)).map(({ severity }) => severity)).toEqual([
      'error',
      'error',
    ]);
  });

  it('follows the search path that a migration sets', async () => {
    const context = { ...CONTEXT, tables: new Map([['app.t', { rows: 0, sizeBytes: 0 }]]) };
    const index = 'create index i on t (a)';
    expect(await lintSql(`set local search_path to app, public; ${index}`, context)).toEqual([]);
    expect(await lintSql(index, { ...context, searchPath: ['app'] })).toEqual([]);
    expect(await lintSql(index, context)).toHaveLength(1);
  });

  it('takes the threshold from the context', async () => {
    const [finding] = await lintSql('create index i on small (id)', { ...CONTEXT, thresholdRows: 5 });
    expect(finding?.severity).toBe('error');
  });

  it('judges the statements written out in a code block, on their own lines', async () => {
    const sql = `select 1;
do $$
begin
  if not exists (select from pg_class where relname = 'i') then
    create index i on big (id);
  end if;
  execute 'drop table small';
exception when duplicate_table then null;
end $$;`;
    expect(await lintSql(sql)).toMatchObject([
      { rule: 'index-not-concurrent', line: 5, statement: 'create index i on big (id)' },
      { rule: 'drop-table', line: 7, statement: 'drop table small' },
    ]);
  });

  it.each([
    'create or replace function f() returns trigger language plpgsql as $$ begin delete from big; return new; end $$',
    'create table p (a int) partition by range (a); create table p1 partition of p default',
    'alter table "s"."Mixed ""Case""" enable row level security',
    'create policy p on big using (true)',
    'create trigger t before update on big for each row execute function f()',
    'grant select on big to public',
    'comment on column big.id is $c$drop table big$c$',
    'alter index i rename to j; alter view v rename to w; alter sequence q rename to r',
    'alter table all in tablespace a set tablespace b',
    "copy big from '/dev/null'",
    'import foreign schema s from server r into public',
  ])('reads %s without a word', async (sql) => {
    expect(await lintSql(sql)).toEqual([]);
  });

  it('has rules of different names, each in a file of its own', () => {
    expect(new Set(RULES.map(({ name }) => name)).size).toBe(RULES.length);
  });

  it('asks a rule of taste only where it is wanted', async () => {
    const rules = RULES.filter(({ isPreference }) => isPreference).map(({ name }) => name);
    expect(rules).toEqual([...PREFERENCES]);
    const sql = 'create table t (a serial8)';
    expect(await lintSql(sql)).toEqual([]);
    const wanted = await lintSql(sql, { ...CONTEXT, preferences: ['prefer-identity'] });
    expect(wanted).toMatchObject([{ rule: 'prefer-identity', severity: 'notice', line: 1, column: 17 }]);
  });

  it('points at the part of a long statement that it is about', async () => {
    const sql = 'alter table big\n  add a int,\n  add constraint é check (id > 0), -- here\n  add c int';
    expect(await lintSql(sql)).toMatchObject([
      { rule: 'adding-check-without-not-valid', line: 3, column: 7, endLine: 3, endColumn: 43 },
    ]);
  });

  describe('with migrations before', () => {
    const before = [
      {
        name: 'a',
        sql: `create type mood as enum ('sad'); create schema s; create table t (a varchar(9) not null, b int);
              create index i on t (a); alter table t add constraint c check (b > 0) not valid;`,
      },
    ];
    const after = async (sql: string, how: 'deployed' | 'pending') =>
      (await lintMigrations([{ name: 'b', sql }], CONTEXT, { [how]: before })).map(({ rule }) => rule);

    it.each([
      ['create index j on t (a)', 'index-not-concurrent'],
      ['drop index i', 'drop-index-not-concurrent'],
      ["alter type mood rename value 'sad' to 'blue'", 'rename-enum-value'],
      ['alter schema s rename to r', 'rename-schema'],
      ['alter table t alter b set not null', 'set-not-null-without-validated-check'],
      ['drop table t', 'drop-table'],
    ])('%s: nobody minds where they come with it, %s where they are deployed', async (sql, rule) => {
      expect(await after(sql, 'pending')).toEqual([]);
      expect(await after(sql, 'deployed')).toEqual([rule]);
    });

    it.each([
      'alter table t alter a type varchar(20)',
      'alter table t alter a set not null',
      'alter table t validate constraint c',
      'drop table if exists u',
    ])('%s: nobody minds, by what is known of them', async (sql) => {
      expect(await after(sql, 'deployed')).toEqual([]);
    });
  });
});

describe('deploy:allow', () => {
  const index = 'create index i on big (id);';
  const allow = '-- deploy:allow index-not-concurrent nobody writes at night';

  it.each([
    ['directly before', `${allow}\n${index}`],
    ['among other comments before', `-- why\n${allow}\n-- more\n\n${index}`],
    ['on its line', `select 1;\n${index} ${allow}`],
    ['inside it', `create index i -- é\n ${allow}\n on big (id);`],
    ['without a blank', `${allow.replace('-- ', '--')}\n${index}`],
    ['with blanks and carriage returns', `\t${allow}\r\n\t${index}\r\n`],
    ['before a code block that holds it', `${allow}\ndo $$ begin ${index} end $$`],
  ])('accepts a finding %s the statement, with the reason', async (_where, sql) => {
    expect(await lintSql(sql)).toMatchObject([
      { rule: 'index-not-concurrent', severity: 'error', accepted: 'nobody writes at night' },
    ]);
  });

  it.each([
    ['before another statement', `${allow}\nselect 1;\n${index}`],
    ['behind another statement on its line', `select 1; ${allow}\n${index}`],
    ['in a string', `select '${allow}\n';\n${index}`],
    ['in a block comment', `/* ${allow} */\n${index}`],
    ['for another rule', `-- deploy:allow drop-table it is old\n${index}`],
    ['of a longer word', `${allow.replace('allow', 'allowed')}\n${index}`],
  ])('accepts nothing %s', async (_where, sql) => {
    const findings = (await lintSql(sql)).filter(({ rule }) => rule !== 'unused-allow');
    expect(findings.map(({ accepted }) => accepted)).toEqual([null]);
  });

  it('accepts for one statement only', async () => {
    const findings = await lintSql(`${allow}\n${index}\ncreate index j on big (id);`);
    expect(findings.map(({ accepted }) => accepted)).toEqual(['nobody writes at night', null]);
  });

  it('accepts several rules by several comments', async () => {
    const findings = await lintSql(
      '-- deploy:allow drop-table old\n-- deploy:allow drop-cascade its view goes too\ndrop table big cascade',
    );
    expect(findings.map(({ accepted }) => accepted?.split(' ')[0])).toEqual(['its', 'old']);
  });

  it.each([
    ['for what cannot be in the statement', `-- deploy:allow drop-table it is old\n${index}`],
    ['for a new table', `create table t (a int);\n${allow}\ncreate index j on t (a);`],
    ['for nothing in a block', `${allow}\ndo $$ begin raise notice 'x'; end $$`],
  ])('is told when nothing needs it: %s', async (_what, sql) => {
    const findings = await lintSql(sql);
    expect(findings).toContainEqual(expect.objectContaining({ rule: 'unused-allow', severity: 'notice' }));
  });

  it.each([
    ['an empty table', `${allow}\ncreate index j on empty (id);`],
    ['a table that is gone', '-- deploy:allow drop-table it is old\ndrop table if exists gone'],
    [
      'rows that go by a trigger',
      '-- deploy:allow row-loss the trigger removes some\nupdate small set id = 1 where id = 2',
    ],
    [
      'a rule of taste that is off',
      '-- deploy:allow prefer-identity as the others\ncreate table t (a bigserial)',
    ],
    ['a block', `${allow}\ndo $$ begin create index j on empty (id); end $$`],
  ])('may be there for another target: %s', async (_what, sql) => {
    expect(await lintSql(sql)).toEqual([]);
  });

  it('may be there for the migration that is deployed alone elsewhere', async () => {
    const migrations = [
      { name: 'a', sql: 'create table t (a int);' },
      { name: 'b', sql: `${allow}\ncreate index j on t (a);` },
    ];
    expect(await lintMigrations(migrations, CONTEXT)).toEqual([]);
  });

  it.each([
    ['without a reason', `-- deploy:allow index-not-concurrent\n${index}`, 'no reason'],
    ['of an unknown rule', `-- deploy:allow index-concurrent why not\n${index}`, 'no rule index-concurrent'],
    ['of nothing', `--deploy:allow\n${index}`, 'no rule without a name'],
    [
      'of what cannot be accepted',
      '-- deploy:allow transaction-control I know\ncommit;',
      'cannot be accepted',
    ],
    ['of no statement', `select 1;\n${allow}\n`, 'no statement'],
  ])('is an error itself %s', async (_what, sql, why) => {
    const findings = await lintSql(sql);
    expect(findings).toContainEqual(
      expect.objectContaining({
        rule: 'invalid-allow',
        severity: 'error',
        accepted: null,
        why: expect.stringContaining(why),
      }),
    );
    expect(findings.every(({ accepted }) => accepted === null)).toBe(true);
  });
});

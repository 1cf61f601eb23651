import { createTestDatabase, type TestDatabase } from '@apms/db/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_THRESHOLD_ROWS } from '../../src/lint/context.ts';
import { lintMigrations } from '../../src/lint/lint.ts';
import { readLintContext, type TargetLintContext } from '../../src/lint/read-context.ts';

const SCHEMA = `
create schema "My ""App""";
create table "My ""App"""."Big Table" (
  id int primary key, code varchar(20), note text, constraint ck check (note is not null)
);
insert into "My ""App"""."Big Table" select i, 'x', 'y' from generate_series(1, ${DEFAULT_THRESHOLD_ROWS + 5}) i;
create table small (a int);
insert into small values (1), (2);
create table empty (a int);
create table parts (a int) partition by range (a);
create table part partition of parts for values from (0) to (10);
insert into parts values (1), (2), (3);
create temp table passing (a int);
create materialized view counts as select 1 as a union all select 2;
create materialized view unmade as select 1 as a with no data;
create index ix on "My ""App"""."Big Table" (code, lower(note)) include (id);
`;

describe('readLintContext', () => {
  let database: TestDatabase;
  let context: TargetLintContext;

  beforeAll(async () => {
    database = await createTestDatabase({ template: 'empty' });
    const client = await database.connect();
    await client.query(SCHEMA);
    context = await readLintContext(client);
    await client.end();
  });
  afterAll(() => database.drop());

  it('counts what statistics do not know yet, and no further than it matters', () => {
    const rows = (name: string) => context.tables.get(name)?.rows;
    expect(rows('My "App".Big Table')).toBeGreaterThanOrEqual(DEFAULT_THRESHOLD_ROWS);
    expect([rows('public.small'), rows('public.empty'), rows('public.parts'), rows('public.part')]).toEqual([
      2, 0, 3, 3,
    ]);
    expect([...context.tables.keys()].filter((name) => name.includes('passing'))).toEqual([]);
    expect(context.tables.get('public.parts')?.sizeBytes).toBeGreaterThan(0);
  });

  it('knows materialized views, and the tables and key columns of indexes', () => {
    const rows = (name: string) => context.tables.get(name)?.rows;
    expect([rows('public.counts'), rows('public.unmade')]).toEqual([2, -1]);
    expect(context.indexes?.get('My "App".ix')).toEqual({ table: 'My "App".Big Table', columns: ['code'] });
    expect(context.serverMinor).toBeGreaterThanOrEqual(0);
  });

  it('tells what the rules ask of columns, checks and functions', async () => {
    const table = '"My ""App"""."Big Table"';
    const sql = `
      alter table ${table} alter code type varchar(30), alter note set not null, add a timestamptz default now();
      alter table ${table} alter code type varchar(10);
      alter table ${table} alter code set not null;
      alter table ${table} add b uuid default gen_random_uuid();
      create index i on small (a); create index j on empty (a);`;
    const findings = await lintMigrations([{ name: 'm', sql }], context);
    expect(findings.map(({ rule, severity, line }) => [rule, severity, line])).toEqual([
      ['column-type-change-rewrites', 'error', 3],
      ['set-not-null-without-validated-check', 'error', 4],
      ['volatile-default', 'error', 5],
      ['index-not-concurrent', 'warning', 6],
    ]);
  });

  it('reads an empty database', async () => {
    const other = await createTestDatabase({ template: 'empty' });
    const client = await other.connect();
    expect((await readLintContext(client)).tables.size).toBe(0);
    await other.drop();
  });

  it('does not fail on a table that it may not read', async () => {
    const client = await database.connect();
    await client.query('create role reader; set role reader');
    try {
      expect((await readLintContext(client)).tables.get('public.small')?.rows).toBe(-1);
    } finally {
      await client.query('reset role; drop role reader');
      await client.end();
    }
  });

  it.each(['small', 'part'])(
    'does not wait for %s, which another session keeps for itself',
    async (locked) => {
      const holder = await database.connect();
      const client = await database.connect();
      await holder.query(`begin; lock table ${locked} in access exclusive mode`);
      const startedAt = performance.now();
      const { tables } = await readLintContext(client);
      expect(performance.now() - startedAt).toBeLessThan(20_000);
      expect(tables.get(`public.${locked}`)?.rows).toBe(-1);
      expect(await client.query('show lock_timeout')).toMatchObject({ rows: [{ lock_timeout: '0' }] });
      await holder.end();
      await client.end();
    },
  );
});

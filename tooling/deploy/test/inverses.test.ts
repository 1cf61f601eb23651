import { createTestDatabase, type TestDatabase } from '@apms/db/testing';
import type { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type PreparedInverse, prepareInverse, runInverse, runInverses } from '../src/migrations/inverses.ts';
import { readSchema } from '../src/schema/read-schema.ts';
import { inverseOf, inversesOf } from '../src/sql/inverse.ts';
import { parseSql } from '../src/sql/parse.ts';

describe('the inverse of a statement outside a transaction', () => {
  let database: TestDatabase;
  let client: Client;

  beforeEach(async () => {
    database = await createTestDatabase({ template: 'empty' });
    client = await database.connect();
    await client.query(`
      create table t (a int not null, b text);
      insert into t values (1, 'x'), (1, 'y');
      create index "Quoted ""i""" on t (lower(b) desc nulls last) include (a) with (fillfactor = 80) where a > 0;
      create unique index u on t (a, b);`);
  });
  afterEach(() => database.drop());

  async function prepare(sql: string) {
    const script = await parseSql(sql, 'm');
    const statement = script.kind === 'script' ? script.statements[0] : undefined;
    if (statement === undefined) throw new Error('no statement');
    return prepareInverse(client, inverseOf(statement.node));
  }

  test.each([
    'create index concurrently j on t (b)',
    'create index concurrently if not exists u on t (b)',
    'create unique index concurrently k on t (a)',
    'drop index concurrently "Quoted ""i"""',
    'drop index concurrently if exists public.u',
    'drop index concurrently if exists nowhere',
    'vacuum t',
  ])('takes %s back, and may be run again', async (sql) => {
    const before = await readSchema(client);
    const inverse = await prepare(sql);
    // A unique index on `a` fails, and is left invalid.
    await client.query(sql).catch(() => undefined);
    if (inverse === undefined) throw new Error('no inverse');
    await runInverse(client, inverse);
    expect(await readSchema(client)).toEqual(before);
    await runInverse(client, inverse);
    expect(await readSchema(client)).toEqual(before);
  });

  test.each([
    ["comment on index u is 'why'", 'a comment'],
    ['alter table t cluster on u', 'a part in CLUSTER'],
    [
      'alter table t alter b set not null; alter table t replica identity using index u',
      'a part in replication',
    ],
    ['alter index "Quoted ""i""" alter column 1 set statistics 500', 'a statistics target'],
  ])('is not to be had after %s: no definition tells of %s', async (sql) => {
    expect(await prepare('drop index concurrently u, "Quoted ""i"""')).toBeDefined();
    await client.query(sql);
    expect(await prepare('drop index concurrently u, "Quoted ""i"""')).toBeUndefined();
  });

  test.each([
    'reindex table concurrently t',
    "alter type mood add value 'glad'",
    'create index concurrently on t (b)',
  ])('is not to be had of %s', async (sql) => {
    expect(await prepare(sql)).toBeUndefined();
  });
});

describe('the inverses of a statement that was committed before the last transaction', () => {
  let database: TestDatabase;
  let client: Client;

  beforeEach(async () => {
    database = await createTestDatabase({ template: 'empty' });
    client = await database.connect();
    await client.query(`
      create schema s;
      create table s."R r" (id int primary key);
      create table t (a int not null, b int);
      alter table t add constraint old check (a > 0) not valid;
      alter table t add constraint fk_old foreign key (b) references s."R r" on delete cascade deferrable not valid;
      insert into s."R r" values (1);
      insert into t values (1, 1), (2, null);`);
  });
  afterEach(() => database.drop());

  async function prepare(sql: string): Promise<PreparedInverse[] | undefined> {
    const script = await parseSql(sql, 'm');
    const prepared: PreparedInverse[] = [];
    for (const { node } of script.kind === 'script' ? script.statements : []) {
      for (const inverse of inversesOf(node) ?? [undefined]) {
        const next = await prepareInverse(client, inverse, prepared);
        if (next === undefined) return undefined;
        prepared.push(next);
      }
    }
    return prepared;
  }

  test.each([
    'alter table t add constraint c check (a < 9) not valid',
    'alter table t add constraint "C ""c""" check (a < 9), add constraint d unique (a)',
    'alter table t add constraint f foreign key (b) references s."R r" not valid',
    'alter table public.t add constraint f foreign key (b) references s."R r" not valid; alter table t validate constraint f',
    'alter table t validate constraint old',
    'alter table only t validate constraint fk_old, validate constraint old',
    'alter table t add c int default 7, add "D d" text; alter table t add constraint e check (c > 0) not valid',
    'alter table t add column if not exists b int',
    'create table s.u (id serial primary key, r int references s."R r"); alter table s.u add constraint c check (r > 0)',
    'create table if not exists t (x int)',
    'create index on_b on t (b)',
    'create index if not exists on_b on t (b); create unique index "Of s" on s."R r" (id)',
  ])('take %s back, and may be run again', async (sql) => {
    const before = await readSchema(client);
    const inverses = await prepare(sql);
    if (inverses === undefined) throw new Error('no inverse');
    await client.query(sql);
    await runInverses(client, inverses, () => undefined);
    expect(await readSchema(client)).toEqual(before);
    await runInverses(client, inverses, () => undefined);
    expect(await readSchema(client)).toEqual(before);
  });

  test('wait for no lock where there is nothing to undo', async () => {
    const inverses = await prepare(
      'alter table t add constraint c check (a < 9) not valid, validate constraint old, add z int',
    );
    const other = await database.connect();
    await other.query('begin; lock table t');
    await client.query("set lock_timeout = '100ms'");
    expect(inverses).toHaveLength(3);
    await runInverses(client, inverses ?? [], () => undefined);
  });

  test.each([
    ['a constraint without a name', 'alter table t add check (a > 1) not valid'],
    ['a primary key, which leaves NOT NULL behind', 'alter table t add constraint p primary key (a)'],
    ['a type', 'alter table t alter a type bigint'],
    ['a column that is dropped', 'alter table t add c int, drop b'],
    ['rows', 'update t set a = 3'],
    ['a temporary table', 'create temp table u (a int)'],
    ['an index without a name', 'create index on t (b)'],
    ['a code block', 'do $$ begin end $$'],
  ])('are not to be had of %s', async (_what, sql) => {
    expect(await prepare(sql)).toBeUndefined();
  });

  test('are not to be had of a validation where a comment would be lost', async () => {
    await client.query("comment on constraint old on t is 'why'");
    expect(await prepare('alter table t validate constraint old')).toBeUndefined();
  });
});

import { createTestDatabase, type TestDatabase } from '@apms/db/testing';
import type { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { prepareInverse, runInverse } from '../src/migrations/inverses.ts';
import { readSchema } from '../src/schema/read-schema.ts';
import { inverseOf } from '../src/sql/inverse.ts';
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

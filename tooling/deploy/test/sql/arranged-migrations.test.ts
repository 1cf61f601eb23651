import { createTestDatabase, type TestDatabase } from '@apms/db/testing';
import type { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { arrangeMigrations, type ExecutionUnit } from '../../src/sql/arrange.ts';
import { locate } from '../../src/sql/locate.ts';
import { relatedRelations } from '../../src/sql/read-related-relations.ts';

const SCHEMA = `
create table t (a int, b int); create index i on t (a);
create table u (a int); create type mood as enum ('calm');
create table parts (a int) partition by range (a);
create table part partition of parts for values from (0) to (10);
create index part_a on part (a);`;

async function arrange(sql: string, client: Client): Promise<ExecutionUnit[]> {
  const units = await arrangeMigrations([{ name: 'm', sql }], {
    relatedRelations: await relatedRelations(client),
  });
  if (!Array.isArray(units)) throw new Error(units.message);
  return units;
}

async function run(units: readonly ExecutionUnit[], client: Client): Promise<void> {
  for (const unit of units) {
    if (unit.kind === 'alone') await client.query(unit.sql);
    else await client.query(`begin;${unit.parts.map(({ sql }) => `\n${sql}\n;`).join('')}commit`);
  }
}

describe('arranged migrations on a server', () => {
  let database: TestDatabase;
  let client: Client;

  beforeEach(async () => {
    database = await createTestDatabase({ template: 'empty' });
    client = await database.connect();
    await client.query(SCHEMA);
  });
  afterEach(() => database.drop());

  it.each([
    [
      'alter table u add x int; -- é\ncreate index concurrently j on t (b); drop index concurrently i;',
      'alone alone transaction',
    ],
    ['alter table t add x int; create index concurrently j on t (x)', 'transaction alone'],
    ["alter type mood add value 'glad'; create table v (m mood default 'glad')", 'alone transaction'],
    [
      "create type hue as enum ('red'); alter type hue add value 'blue'; create table v (m hue default 'blue')",
      'transaction alone transaction',
    ],
    ['alter table parts add x int; create index concurrently j on part (x)', 'transaction alone'],
    ['alter table parts add x int; drop index concurrently part_a', 'transaction alone'],
    ['alter table u add x int; vacuum analyze t; reindex table concurrently t', 'alone transaction alone'],
    ['alter table u add x int; reindex (concurrently false) index i; cluster t using i', 'transaction'],
    [
      'create materialized view w as select 1 as a; create unique index k on w (a); refresh materialized view concurrently w',
      'transaction',
    ],
    ['alter table parts detach partition part concurrently; drop table part', 'alone transaction'],
  ])('runs %s', async (sql, kinds) => {
    const units = await arrange(sql, client);
    expect(units.map(({ kind }) => kind).join(' ')).toBe(kinds);
    await run(units, client);
  });

  it('undoes a concurrent index by its inverse', async () => {
    const [unit] = await arrange('create index concurrently "J ""j""" on public.t (b)', client);
    if (unit?.kind !== 'alone' || unit.inverse?.kind !== 'drop-index') throw new Error('no inverse');
    await client.query(unit.sql);
    await client.query(unit.inverse.sql);
    expect((await client.query('select to_regclass($1) as index', ['"J ""j"""'])).rows).toEqual([
      { index: null },
    ]);
  });

  it("finds the place that a server's error means", async () => {
    const [unit] = await arrange("select '😀é';\nselect 1,\n  'ü', missing from t;", client);
    const part = unit?.kind === 'transaction' ? unit.parts[0] : undefined;
    if (!part) throw new Error('no part');
    const error: unknown = await client.query(part.sql).catch((caught: unknown) => caught);
    const position = error instanceof Error && 'position' in error ? Number(error.position) : 0;
    expect(locate(part, position)).toMatchObject({
      line: 3,
      column: 8,
      statement: { index: 1, startLine: 2 },
    });
  });
});

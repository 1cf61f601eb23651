import { createTestDatabase, type TestDatabase } from '@apms/db/testing';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lintMigrations } from '../../src/lint/lint.ts';
import { readLintContext, type TargetLintContext } from '../../src/lint/read-context.ts';

const TABLES = `
create schema agrees; set search_path to agrees;
create table t (id int primary key, code varchar(20), amount numeric(10, 2), note text, at timestamp(3) with time zone,
  ip cidr, checked varchar(20), required text, constraint ck_checked check (checked <> ''),
  constraint ck_required check (required is not null));
create unique index i_nullable on t (id, note);
create unique index i_required on t (id, required);
insert into t select n, 'a', 1, 'b', now(), '10.0.0.0/8', 'c', 'd' from generate_series(1, 100) n;
create table other (id int primary key);
insert into other select n from generate_series(1, 100) n;`;

/** What PostgreSQL logs at its lowest level where it writes a table anew, or reads all its rows. */
const WORK =
  /^(rewriting|verifying) table "t"|^building index .* on table "t"|^validating foreign key constraint/;

/** Whether the server has to write or read every row for it; the lint must say the same. */
const STATEMENTS: [sql: string, works: boolean][] = [
  ['alter table t alter id type bigint', true],
  ['alter table t alter code type varchar(40)', false],
  ['alter table t alter code type varchar', false],
  ['alter table t alter code type text', false],
  ['alter table t alter code type text using code::text', false],
  ['alter table t alter code type varchar(10)', true],
  ['alter table t alter code type varchar(40) using upper(code)', true],
  ['alter table t alter amount type numeric(12, 2)', false],
  ['alter table t alter amount type numeric', false],
  ['alter table t alter amount type numeric(12, 3)', true],
  ['alter table t alter note type varchar', false],
  ['alter table t alter note type varchar(9)', true],
  ['alter table t alter at type timestamptz', false],
  ['alter table t alter at type timestamptz(6)', false],
  ['alter table t alter at type timestamptz(0)', true],
  ['alter table t alter ip type inet', false],
  ['alter table t alter checked type varchar(40)', true],
  ['alter table t drop constraint ck_checked; alter table t alter checked type varchar(40)', false],
  ['alter table t add x int', false],
  ['alter table t add x int not null default 1', false],
  ['alter table t add x timestamptz default now()', false],
  ['alter table t add x uuid default gen_random_uuid()', true],
  ['alter table t add x timestamptz default clock_timestamp()', true],
  ['alter table t add x bigserial', true],
  ['alter table t add x bigint generated always as identity', true],
  ['alter table t add x int generated always as (id * 2) stored', true],
  ['alter table t add x int references other', false],
  ['alter table t alter note set not null', true],
  ['alter table t alter required set not null', false],
  ['alter table t alter id set not null', false],
  ['alter table t add check (id > 0)', true],
  ['alter table t add check (id > 0) not valid', false],
  ['alter table t add foreign key (id) references other', true],
  ['alter table t add foreign key (id) references other not valid', false],
  ['alter table t add unique (code, id)', true],
  ['create unique index i on t (code, id)', true],
  ['alter table t drop constraint t_pkey; alter table t add primary key using index i_nullable', true],
  ['alter table t drop constraint t_pkey; alter table t add primary key using index i_required', false],
  ['alter table t set unlogged', true],
  ['alter table t set (fillfactor = 90)', false],
];

describe('the lint and PostgreSQL', () => {
  let database: TestDatabase;
  let client: pg.Client;
  let context: TargetLintContext;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = await database.connect();
    await client.query(TABLES);
    context = await readLintContext(client);
  });

  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  test.each(STATEMENTS)('agree on %s: %s', async (sql, works) => {
    expect(await workOf(sql)).toBe(works);
    const findings = await lintMigrations([{ name: 'm', sql }], context);
    expect(findings.some(({ severity }) => severity === 'warning')).toBe(works);
  });

  async function workOf(sql: string): Promise<boolean> {
    const messages: string[] = [];
    const listen = ({ message = '' }: { message?: string | undefined }) => messages.push(message);
    client.on('notice', listen);
    try {
      await client.query(`begin; set local client_min_messages to debug1; ${sql}`);
    } finally {
      await client.query('rollback');
      client.off('notice', listen);
    }
    return messages.some((message) => WORK.test(message));
  }
});

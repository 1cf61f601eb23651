import { describe, expect, it } from 'vitest';
import { classifyStatements } from './classify.ts';
import { parseSql } from './parse.ts';

async function classify(sql: string) {
  const script = await parseSql(sql, 'm.sql');
  if (script.kind === 'syntax-error') throw new Error(script.message);
  return classifyStatements(script.statements);
}

describe('classifyStatements', () => {
  it.each([
    'create index concurrently i on t (a)',
    'create unique index concurrently if not exists i on t (a)',
    'drop index concurrently i',
    'reindex table concurrently t',
    'reindex (concurrently true, verbose) index i',
    'reindex schema s',
    'reindex database d',
    'vacuum',
    'vacuum full t',
    'vacuum analyze t',
    'cluster',
    'alter system set work_mem = 1',
    'create database d',
    'drop database d',
    "create tablespace s location '/x'",
    'drop tablespace s',
    'alter database d set tablespace s',
    'alter table t detach partition p concurrently',
    "create subscription s connection '' publication p",
    'alter subscription s refresh publication',
    'alter subscription s set publication p',
    'drop subscription s',
    "commit prepared 'x'",
    "rollback prepared 'x'",
    'discard all',
  ])('%s cannot share a transaction', async (sql) => {
    expect(await classify(sql)).toMatchObject([
      { transactional: false, reason: expect.stringContaining('cannot run') },
    ]);
  });

  it.each([
    'create index i on t (a)',
    'drop index i',
    'reindex table t',
    'reindex (concurrently false) index i',
    'analyze t',
    'cluster t using i',
    'refresh materialized view concurrently v',
    'alter table t detach partition p',
    'alter table t detach partition p finalize',
    'alter database d set work_mem = 1',
    "create subscription s connection '' publication p with (connect = false)",
    'alter subscription s set publication p with (refresh = false)',
    "alter type mood add value 'calm'",
    "alter type mood rename value 'calm' to 'quiet'; select 'quiet'::mood",
    'do $$ begin end $$',
    'discard temp',
    'create table "vacuum" (id int)',
    "select 'create index concurrently i on t (a)'",
  ])('%s can share a transaction', async (sql) => {
    expect((await classify(sql)).every(({ transactional }) => transactional)).toBe(true);
  });

  it.each([
    ["select 'calm'::mood", true],
    ["alter table t alter m set default 'calm'", true],
    ["do $$ begin insert into t values ('calm'); end $$", true],
    ["create function f() returns mood language sql as $$ select 'calm'::mood $$", true],
    ["select 'calmer'::mood", false],
    ['select calm from moods', false],
  ])('a label added to an enum that %s follows: alone is %s', async (later, alone) => {
    const [first] = await classify(`alter type s.mood add value 'calm'; ${later}`);
    expect(first?.transactional).toBe(!alone);
  });

  it('keeps a label apart from its use where the type is new too', async () => {
    const sql = "create type mood as enum ('a'); alter type mood add value 'b'; select 'b'::mood";
    expect((await classify(sql)).map(({ transactional }) => transactional)).toEqual([true, false, true]);
  });

  it.each([
    [
      'create index concurrently "My ""i""" on "S".t (a)',
      {
        kind: 'drop-index',
        schema: 'S',
        name: 'My "i"',
        sql: 'DROP INDEX CONCURRENTLY IF EXISTS "S"."My ""i"""',
      },
    ],
    ['create index concurrently on t (a)', undefined],
    ['drop index concurrently s.i', { kind: 'recreate-index', indexes: [{ schema: 's', name: 'i' }] }],
    ['vacuum t', { kind: 'nothing' }],
    ['reindex table concurrently t', undefined],
    ['alter table t detach partition p concurrently', undefined],
  ])('%s has its inverse', async (sql, inverse) => {
    const [only] = await classify(sql);
    expect(only && 'inverse' in only && only.inverse).toEqual(inverse);
  });

  it('names the relations that a statement touches', async () => {
    expect(await classify('create index concurrently "I" on s."T" (lower(a))')).toMatchObject([
      { touches: ['I', 'T'] },
    ]);
  });
});

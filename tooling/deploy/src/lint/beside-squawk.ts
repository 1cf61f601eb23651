import { lintMigrations } from './lint.ts';
import type { LintFinding } from './lint-finding.ts';
import { PREFERENCES } from './preferences.ts';

/** Files that are deployed together, in their order. */
export type MigrationSet = readonly string[];

/** A rule of squawk, examples of what it is there for, and what answers to it here. */
export interface SquawkCase {
  /** Its name there, as of version 2.66. */
  rule: string;
  /** Of ours, whichever find the bad examples; none where the danger does not exist in a deployment of this tool. */
  ours: readonly string[];
  /** Why there is none, or what is different. */
  note?: string;
  bad: readonly MigrationSet[];
  /** Safe on PostgreSQL 16, on a target that {@link BASE} made and that has filled since. */
  good: readonly MigrationSet[];
}

/** What is there before each example. */
const BASE = `
create table t (id bigint primary key, a text not null, b integer, code varchar(20), at timestamptz, n numeric(10, 2));
create table u (id bigint primary key, t_id bigint);
create index i_t_a on t (a);
create materialized view mv as select a, count(*) from t group by a;
create type mood as enum ('sad', 'ok');
create domain d as bigint;
create table p (id bigint, at timestamptz not null) partition by range (at);
create table p1 partition of p for values from ('2026-01-01') to ('2027-01-01');`;

/** Judges files without a database, after {@link BASE} was deployed; rules of taste are asked too. */
export function lintBesideSquawk(files: MigrationSet): Promise<LintFinding[]> {
  return lintMigrations(
    files.map((sql, index) => ({ name: `${index + 1}`, sql })),
    { tables: new Map(), serverVersion: 16, preferences: PREFERENCES },
    { deployed: [{ name: '0', sql: BASE }] },
  );
}

/** Every rule of squawk, each with examples of our own. */
export const SQUAWK_CASES: readonly SquawkCase[] = [
  {
    rule: 'adding-field-with-default',
    ours: ['volatile-default'],
    note: 'stored generated columns too; a virtual one and a function that is not volatile write nothing',
    bad: [
      ['alter table t add column token uuid default gen_random_uuid();'],
      ['alter table t add column seen timestamptz default clock_timestamp();'],
      ['alter table t add column twice bigint generated always as (b * 2) stored;'],
    ],
    good: [
      ["alter table t add column state text default 'new';"],
      ['alter table t add column since timestamptz default now();'],
      ["alter table t add column day date default date_trunc('day', now());"],
      ['create table w (id bigint);', 'alter table w add column token uuid default gen_random_uuid();'],
      [
        'alter table t add column token uuid;',
        'alter table t alter column token set default gen_random_uuid();',
      ],
    ],
  },
  {
    rule: 'adding-foreign-key-constraint',
    ours: ['adding-foreign-key-without-not-valid'],
    bad: [
      ['alter table u add constraint fk foreign key (t_id) references t (id);'],
      ['alter table u add column other bigint default 1 references t (id);'],
    ],
    good: [
      ['alter table u add constraint fk foreign key (t_id) references t (id) not valid;'],
      ['alter table u add column other bigint references t (id);'],
      [
        'create table w (t_id bigint);',
        'alter table w add constraint fk foreign key (t_id) references t (id);',
      ],
    ],
  },
  {
    rule: 'adding-not-nullable-field',
    ours: ['set-not-null-without-validated-check'],
    bad: [
      ['alter table t alter column b set not null;'],
      [
        'alter table t add constraint ck check (b is not null) not valid;',
        'alter table t alter column b set not null;',
      ],
    ],
    good: [
      ['alter table t alter column a set not null;'],
      ['create table w (a text);', 'alter table w alter column a set not null;'],
    ],
  },
  {
    rule: 'adding-required-field',
    ours: ['adding-not-null-column-without-default'],
    bad: [['alter table t add column x text not null;']],
    good: [
      ["alter table t add column x text not null default '';"],
      ['alter table t add column x text;'],
      ['create table w (id bigint);', 'alter table w add column x text not null;'],
    ],
  },
  {
    rule: 'adding-serial-primary-key-field',
    ours: ['unique-constraint-without-index', 'volatile-default'],
    bad: [
      ['alter table u add column number bigserial primary key;'],
      ['alter table u add primary key (t_id);'],
    ],
    good: [
      [
        'create unique index concurrently u_key on u (id);',
        'alter table u add primary key using index u_key;',
      ],
      ['create table w (id bigint);', 'alter table w add primary key (id);'],
    ],
  },
  {
    rule: 'ban-alter-domain-with-add-constraint',
    ours: ['domain-constraint'],
    note: 'NOT VALID is safe',
    bad: [['alter domain d add constraint positive check (value > 0);']],
    good: [
      ['alter domain d add constraint positive check (value > 0) not valid;'],
      ['create domain e as bigint;', 'alter domain e add constraint positive check (value > 0);'],
    ],
  },
  {
    rule: 'ban-char-field',
    ours: ['prefer-text'],
    bad: [['create table w (code char(3));'], ['alter table t add column x character;']],
    good: [['create table w (code text);'], ['create table w (flag "char");']],
  },
  {
    rule: 'ban-concurrent-index-creation-in-transaction',
    ours: ['transaction-control'],
    note: 'a migration has no transaction of its own; the deployment runs the statement outside of its own one',
    bad: [['begin; create index concurrently x on t (b); commit;']],
    good: [
      ['create index concurrently x on t (b);'],
      ['alter table u add column x bigint; create index concurrently x on t (b);'],
    ],
  },
  {
    rule: 'ban-create-domain-with-constraint',
    ours: ['prefer-column-check'],
    bad: [['create domain e as bigint check (value > 0);']],
    good: [['create domain e as bigint;']],
  },
  {
    rule: 'ban-drop-column',
    ours: ['drop-column'],
    bad: [['alter table t drop column b;'], ['alter table t drop column if exists b;']],
    good: [
      ['alter table t drop column if exists never;'],
      ['create table w (x text, y text);', 'alter table w drop column y;'],
    ],
  },
  {
    rule: 'ban-drop-database',
    ours: ['drop-database'],
    bad: [['drop database other;'], ['drop database if exists other;']],
    good: [['alter database other set work_mem to 4096;']],
  },
  {
    rule: 'ban-drop-not-null',
    ours: ['drop-not-null'],
    note: 'a notice',
    bad: [['alter table t alter column a drop not null;']],
    good: [
      ['alter table t alter column b drop not null;'],
      ['create table w (x text not null);', 'alter table w alter column x drop not null;'],
    ],
  },
  {
    rule: 'ban-drop-table',
    ours: ['drop-table'],
    bad: [['drop table t;'], ['drop table if exists u, t;']],
    good: [['drop table if exists never;'], ['create table w (x text);', 'drop table w;']],
  },
  {
    rule: 'ban-duplicate-column-assignments',
    ours: ['duplicate-column'],
    bad: [
      ['update u set t_id = 1, t_id = 2 where id = 1;'],
      ['insert into u (id, id) values (1, 2);'],
      ['create table w (x text, y text, x text);'],
    ],
    good: [
      ['update u set id = 1, t_id = 2 where id = 1;'],
      ['insert into u (id, t_id) select id, id from t;'],
    ],
  },
  {
    rule: 'ban-truncate-cascade',
    ours: ['truncate'],
    note: 'without CASCADE too',
    bad: [['truncate t cascade;'], ['truncate table t, u cascade;']],
    good: [['create table w (x text);', 'truncate w cascade;']],
  },
  {
    rule: 'ban-uncommitted-transaction',
    ours: ['transaction-control'],
    bad: [['begin; alter table t add column x text;']],
    good: [['alter table t add column x text;']],
  },
  {
    rule: 'changing-column-type',
    ours: ['column-type-change-rewrites'],
    note: 'only where the rows are written or read',
    bad: [
      ['alter table t alter column b type bigint;'],
      ['alter table t alter column code type varchar(10);'],
      ['alter table t alter column a type jsonb using a::jsonb;'],
    ],
    good: [
      ['alter table t alter column code type varchar(40);'],
      ['alter table t alter column code type text;'],
      ['alter table t alter column n type numeric(12, 2);'],
      ['create table w (x bigint);', 'alter table w alter column x type numeric;'],
    ],
  },
  {
    rule: 'constraint-missing-not-valid',
    ours: [
      'adding-check-without-not-valid',
      'unique-constraint-without-index',
      'validate-in-same-transaction',
    ],
    bad: [
      ['alter table t add constraint ck check (b > 0);'],
      ['alter table t add constraint ux unique (a);'],
      ['alter table t add constraint ck check (b > 0) not valid; alter table t validate constraint ck;'],
    ],
    good: [
      ['alter table t add constraint ck check (b > 0) not valid;'],
      ['create table w (b bigint);', 'alter table w add constraint ck check (b > 0);'],
    ],
  },
  {
    rule: 'disallowed-unique-constraint',
    ours: ['unique-constraint-without-index'],
    note: 'exclusion constraints too',
    bad: [['alter table t add constraint ux unique (a);'], ['alter table t add column x text unique;']],
    good: [
      [
        'create unique index concurrently ux on t (a);',
        'alter table t add constraint ux unique using index ux;',
      ],
      ['create table w (x text);', 'alter table w add constraint ux unique (x);'],
    ],
  },
  {
    rule: 'identifier-too-long',
    ours: ['identifier-too-long'],
    bad: [
      [`create table ${'w'.repeat(64)} (x text);`],
      [`alter table t add constraint "${'ck '.repeat(22)}" check (b > 0) not valid;`],
    ],
    good: [[`create table ${'w'.repeat(63)} (x text);`], [`comment on table t is '${'w'.repeat(80)}';`]],
  },
  {
    rule: 'prefer-bigint-over-int',
    ours: ['prefer-bigint'],
    note: 'keys always, as integer-key',
    bad: [['create table w (x integer);'], ['create table w (id serial);']],
    good: [['create table w (x bigint);']],
  },
  {
    rule: 'prefer-bigint-over-smallint',
    ours: ['prefer-bigint'],
    bad: [['create table w (x smallint);']],
    good: [['create table w (x bigint);']],
  },
  {
    rule: 'prefer-identity',
    ours: ['prefer-identity'],
    bad: [['create table w (id bigserial primary key);']],
    good: [['create table w (id bigint generated always as identity primary key);']],
  },
  {
    rule: 'prefer-repack',
    ours: ['blocking-maintenance'],
    note: 'there, only of PostgreSQL 19',
    bad: [['vacuum full t;'], ['cluster t using i_t_a;']],
    good: [['vacuum t;']],
  },
  {
    rule: 'prefer-robust-stmts',
    ours: [],
    note: 'a deployment leaves nothing half done: one transaction, and inverses of what runs outside; IF NOT EXISTS would hide a difference',
    bad: [['create table w (x text);'], ['alter table t add column x text;']],
    good: [['create table if not exists w (x text);']],
  },
  {
    rule: 'prefer-text-field',
    ours: ['prefer-text'],
    bad: [['create table w (x varchar(20));'], ['alter table t add column x varchar(20);']],
    good: [['create table w (x text);'], ['create table w (x varchar);']],
  },
  {
    rule: 'prefer-timestamp-tz',
    ours: ['prefer-timestamptz'],
    bad: [['create table w (x timestamp);'], ['alter table t add column x timestamp without time zone;']],
    good: [['create table w (x timestamptz);']],
  },
  {
    rule: 'renaming-column',
    ours: ['rename-column'],
    bad: [['alter table t rename column a to c;']],
    good: [['create table w (x text);', 'alter table w rename column x to y;']],
  },
  {
    rule: 'renaming-table',
    ours: ['rename-table'],
    note: 'moving one to another schema too',
    bad: [['alter table t rename to t2;']],
    good: [['create table w (x text);', 'alter table w rename to w2;']],
  },
  {
    rule: 'require-concurrent-index-creation',
    ours: ['index-not-concurrent'],
    bad: [['create index x on t (b);'], ['create unique index x on t (b);']],
    good: [
      ['create index concurrently x on t (b);'],
      ['create table w (x text);', 'create index x on w (x);'],
      ['create table w as select 1 as x;', 'create index x on w (x);'],
    ],
  },
  {
    rule: 'require-concurrent-index-deletion',
    ours: ['drop-index-not-concurrent'],
    note: 'a notice: it takes an instant',
    bad: [['drop index i_t_a;'], ['drop index if exists i_t_a;']],
    good: [
      ['drop index concurrently i_t_a;'],
      ['create table w (x text); create index x on w (x);', 'drop index x;'],
    ],
  },
  {
    rule: 'require-concurrent-partition-detach',
    ours: ['detach-partition-not-concurrent'],
    bad: [['alter table p detach partition p1;']],
    good: [
      ['alter table p detach partition p1 concurrently;'],
      [
        'create table w (x bigint) partition by list (x); create table w1 partition of w for values in (1);',
        'alter table w detach partition w1;',
      ],
    ],
  },
  {
    rule: 'require-concurrent-reindex',
    ours: ['blocking-maintenance'],
    bad: [['reindex table t;'], ['reindex index i_t_a;'], ['reindex schema public;']],
    good: [
      ['reindex table concurrently t;'],
      ['create table w (x text); create index x on w (x);', 'reindex index x;'],
    ],
  },
  {
    rule: 'require-enum-value-ordering',
    ours: ['prefer-enum-position'],
    bad: [["alter type mood add value 'happy';"]],
    good: [["alter type mood add value 'happy' after 'ok';"]],
  },
  {
    rule: 'require-lock-timeout',
    ours: [],
    note: 'the deployment sets one and tries again; lock-timeout finds what takes it away',
    bad: [['alter table t add column x text;']],
    good: [["set local lock_timeout = '5s'; alter table t add column x text;"]],
  },
  {
    rule: 'require-statement-timeout',
    ours: [],
    note: 'a statement that is cut off helps nobody: the rehearsal has measured how long each one takes',
    bad: [['alter table t add column x text;']],
    good: [["set local statement_timeout = '5s'; alter table t add column x text;"]],
  },
  {
    rule: 'require-table-schema',
    ours: ['prefer-qualified-name'],
    bad: [['create table w (x text);'], ['drop table t;']],
    good: [['create table public.w (x text);'], ['create temporary table w (x text);']],
  },
  {
    rule: 'syntax-error',
    ours: ['syntax-error'],
    bad: [['create tabel w (x text);'], ['alter table t add column;']],
    good: [['create table w (x text);']],
  },
  {
    rule: 'transaction-nesting',
    ours: ['transaction-control'],
    bad: [['begin; begin; select 1; commit;'], ['select 1; commit;']],
    good: [['savepoint s; alter table t add column x text; release savepoint s;']],
  },
  {
    rule: 'unused-ignore',
    ours: ['unused-allow'],
    note: 'there, known by name but not looked for; an allowance that only another target needs is used',
    bad: [
      [
        '-- squawk-ignore ban-drop-table\n-- deploy:allow drop-table it is old\nalter table t add column x text;',
      ],
    ],
    good: [['-- deploy:allow drop-table it is old\n-- squawk-ignore ban-drop-table\ndrop table t;']],
  },
];

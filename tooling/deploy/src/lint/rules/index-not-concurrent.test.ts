import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('index-not-concurrent', {
  error: [
    'create index i on big (id)',
    'create unique index i on public.big (id)',
    'create index on s."Mixed ""Case""" (id)',
    'create index i on uncounted (id)',
    'create index i on big using gin (note)',
    'alter table big rename to huge; create index i on huge (id)',
    'drop table empty; create index i on empty (id)',
  ],
  warning: ['create index i on small (id)'],
  clean: [
    'create index concurrently i on big (id)',
    'create index i on empty (id)',
    'create index i on only big (id)',
    'create table big2 as select * from big; create index i on big2 (id)',
    'select * into t from big; create index i on t (id)',
    'create table t (a int); alter table t rename to u; create index i on u (a)',
    'create temp table t (a int); create index on t (a)',
    'create table x (a int) partition by range (a); create index i on x (a)',
    'alter table empty set schema s; create index i on s.empty (id)',
  ],
});

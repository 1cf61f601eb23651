import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('prefer-qualified-name', {
  notice: [
    'create table t (a bigint)',
    'create table t as select 1',
    'alter table empty add a bigint',
    'drop table s.t, empty',
  ],
  clean: [
    'create table public.t (a bigint)',
    'create temp table t (a bigint)',
    'create temp table t as select 1',
    'alter table public.empty add a bigint',
    'drop table s.t',
    'select * from empty',
  ],
});

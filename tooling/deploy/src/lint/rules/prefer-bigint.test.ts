import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('prefer-bigint', {
  notice: [
    'create table t (a int)',
    'create table t (a smallint[])',
    'create table t (a serial)',
    'alter table empty add a int4',
    'alter table empty alter note type integer',
  ],
  clean: ['create table t (a bigint, b numeric, c text)', 'alter table empty add a int8', 'select 1::int'],
});

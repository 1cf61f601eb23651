import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('prefer-timestamptz', {
  notice: [
    'create table t (a timestamp)',
    'create table t (a timestamp(3) without time zone[])',
    'alter table empty add a timestamp',
  ],
  clean: [
    'create table t (a timestamptz, b timestamp(3) with time zone, c date, d time)',
    'select now()::timestamp',
  ],
});

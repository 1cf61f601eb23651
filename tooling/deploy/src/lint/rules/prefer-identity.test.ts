import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('prefer-identity', {
  notice: [
    'create table t (a serial)',
    'create table t (a bigserial primary key)',
    'alter table empty add a serial2',
  ],
  clean: ['create table t (a bigint generated always as identity)', 'alter table empty add serial int'],
});

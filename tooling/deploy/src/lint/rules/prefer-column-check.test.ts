import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('prefer-column-check', {
  notice: ['create domain d as int check (value > 0)', 'create domain d as int not null'],
  clean: [
    'create domain d as int',
    'create domain d as int default 1',
    'create table t (a bigint check (a > 0))',
  ],
});

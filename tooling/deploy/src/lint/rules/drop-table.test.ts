import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('drop-table', {
  error: ['drop table big', 'drop table public.small, big', 'drop table uncounted'],
  warning: ['drop table empty'],
  clean: ['create table t (a int); drop table t', 'drop table if exists gone', 'drop view v'],
});

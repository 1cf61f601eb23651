import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('truncate', {
  error: ['truncate big', 'truncate table only small, empty', 'truncate empty cascade', 'truncate elsewhere'],
  clean: ['truncate empty', 'create table t (a int); truncate t', 'delete from big'],
});

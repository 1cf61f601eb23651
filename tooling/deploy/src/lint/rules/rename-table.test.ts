import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('rename-table', {
  error: ['alter table big rename to huge', 'alter table small set schema s'],
  warning: ['alter table empty rename to void'],
  clean: [
    'create table t (a int); alter table t rename to u',
    'alter table if exists gone rename to g',
    'alter index i rename to j',
    'alter function f() set schema s',
  ],
});

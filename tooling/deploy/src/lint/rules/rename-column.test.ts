import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('rename-column', {
  error: ['alter table big rename code to kode', 'alter table small rename column code to kode'],
  warning: ['alter table empty rename code to kode'],
  clean: [
    'create table t (a int); alter table t rename a to b',
    'alter table if exists gone rename a to b',
    'alter view v rename column a to b',
    'alter table big rename constraint ck_note to ck',
  ],
});

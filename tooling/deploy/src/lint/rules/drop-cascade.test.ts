import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('drop-cascade', {
  error: [
    'drop table big cascade',
    'drop schema s cascade',
    'alter table big drop column note cascade',
    'alter table empty drop constraint ck_note cascade',
    'drop owned by someone',
    'drop function f() cascade',
  ],
  clean: [
    'drop table big',
    'create table t (a int); drop table t cascade',
    'drop table if exists gone cascade',
    'alter table big drop column note',
    'drop type mood',
  ],
});

import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('drop-column', {
  error: [
    'alter table big drop note',
    'alter table small drop column if exists note',
    'alter table big drop note, drop code',
  ],
  warning: ['alter table empty drop note'],
  clean: [
    'create table t (a int, b int); alter table t drop b',
    'alter table big drop column if exists gone',
    'alter table if exists gone drop a',
  ],
});

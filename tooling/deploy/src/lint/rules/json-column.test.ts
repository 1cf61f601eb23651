import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('json-column', {
  warning: ['alter table big add x json', 'alter table small add a int, add x json[]'],
  clean: [
    'alter table big add x jsonb',
    'alter table empty add x json',
    'create table t (x json); alter table t add y json',
  ],
});

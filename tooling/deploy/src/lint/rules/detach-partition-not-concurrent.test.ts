import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('detach-partition-not-concurrent', {
  warning: ['alter table big detach partition p', 'alter table elsewhere detach partition small'],
  clean: [
    'alter table big detach partition p concurrently',
    'alter table big detach partition p finalize',
    'alter table empty detach partition p',
    'create table t (a int) partition by list (a); alter table t detach partition p',
  ],
});

import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('drop-not-null', {
  notice: ['alter table big alter id drop not null', 'alter table elsewhere alter column x drop not null'],
  clean: [
    'alter table big alter note drop not null',
    'alter table empty alter id drop not null',
    'create table t (a int not null); alter table t alter a drop not null',
    'alter table if exists gone alter a drop not null',
    'alter table big alter id set not null',
  ],
});

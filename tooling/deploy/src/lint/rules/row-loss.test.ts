import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('row-loss', {
  warning: ['delete from big', 'with gone as (delete from small returning *) select * from gone'],
  notice: [
    'delete from big where id = 1',
    'merge into big using small on big.id = small.id when matched then delete',
  ],
  clean: [
    'delete from empty',
    'create table t (a int); delete from t',
    'merge into big using small on big.id = small.id when matched then update set id = 1',
    "select 'delete from big'",
  ],
});

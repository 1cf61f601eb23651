import { describeRule } from '../../../test/support/describe-rule.ts';

const add = 'alter table big add x int;';

describeRule('backfill-with-schema-change', {
  warning: [
    `${add} update big set x = id where x is null`,
    `${add} insert into big (id) select id from small`,
    `${add} delete from big where x is null`,
    `${add} merge into big using small on big.id = small.id when matched then update set x = 1`,
    'alter table elsewhere alter a set default 1; update elsewhere set a = 1 where a is null',
  ],
  clean: [
    'update big set note = 1 where note is null; alter table big add x int',
    `${add} update small set id = 1 where id = 2`,
    `${add} insert into big (id) values (1), (2)`,
    `${add} insert into big default values`,
    'alter table small add x int; update small set x = id where x is null',
    'alter table big validate constraint ck_code; update big set note = 1 where note is null',
    'create table t (a int); alter table t add b int; update t set b = a where b is null',
  ],
});

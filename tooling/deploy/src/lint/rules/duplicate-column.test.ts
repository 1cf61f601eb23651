import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('duplicate-column', {
  error: [
    'update small set id = 1, code = 2, id = 3 where id = 1',
    'update small set (id, code) = (1, 2), id = 3 where id = 1',
    'update small set tags[1] = 1, tags = null where id = 1',
    'insert into small (id, id) values (1, 2)',
    'insert into small (id) values (1) on conflict (id) do update set code = 1, code = 2',
    'merge into small using big on false when matched then update set id = 1, id = 2',
    'with x as (update small set id = 1, id = 2 where id = 3 returning *) select * from x',
    'create table t (a int, b int, a text)',
    'create view v (a, a) as select 1, 2',
    'create view v as select id, small.id from small',
    'create table t as select 1 as a, 2 as a',
    'do $$ begin insert into small (id, id) values (1, 2); end $$',
  ],
  clean: [
    'update small set id = 1, code = 2 where id = 1',
    'update small set tags[1] = 1, tags[2] = 2 where id = 1',
    'insert into small (id, code) select id, id from big',
    'create table t (a int, b int)',
    'create view v (a, b) as select id, id from small',
    'create view v as select id, id as other from small',
    'create view v as select * from small',
    'select id, id from small',
    'create table t (a, b) as select id, id from small',
  ],
});

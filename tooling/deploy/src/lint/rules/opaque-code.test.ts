import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('opaque-code', {
  notice: [
    'call p()',
    "do $$ begin execute format('drop table %I', 'x'); end $$",
    'do $$ begin perform f(); end $$',
    'do language plpython3u $$ pass $$',
    'do $$ this is not plpgsql $$',
  ],
  clean: [
    'do $$ begin if not exists (select from pg_class) then create table t (a int); end if; end $$',
    "do $$ begin raise notice 'x'; end $$",
    "do $$ begin execute 'create table t (a int)'; end $$",
    "create function f() returns int language sql as 'select 1'",
  ],
});

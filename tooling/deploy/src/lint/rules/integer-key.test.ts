import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('integer-key', {
  notice: [
    'create table t (id int primary key)',
    'create table t (id serial)',
    'create table t (id smallint generated always as identity)',
    'create table t (id integer, a text, primary key (id))',
    'alter table empty add x serial4',
  ],
  clean: [
    'create table t (id bigint primary key)',
    'create table t (id bigserial)',
    'create table t (id uuid primary key, count int not null, tags int[])',
    'create table t (a int, b int, primary key (a, b))',
    'alter table empty add x int',
    'alter table empty alter id type int',
  ],
});

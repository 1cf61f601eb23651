import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('prefer-text', {
  notice: [
    'create table t (a varchar(20))',
    'create table t (a char(3))',
    'create table t (a character)',
    'create table t (a bpchar[])',
    'alter table empty add a character varying(9)',
    'alter table empty alter note type varchar(9)',
  ],
  clean: ['create table t (a text, b varchar, c "char")', "select 'a'::char(3)"],
});

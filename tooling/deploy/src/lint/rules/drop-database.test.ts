import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('drop-database', {
  error: ['drop database other', 'drop database if exists other with (force)'],
  clean: ['create database other', 'alter database other set work_mem = 1', 'drop schema if exists other'],
});

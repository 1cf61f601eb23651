import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('transaction-control', {
  error: [
    'begin',
    'commit',
    'rollback',
    'start transaction isolation level serializable',
    'end',
    "prepare transaction 'x'",
    'set transaction isolation level serializable',
    'do $$ begin commit; end $$',
    '-- deploy:allow transaction-control I know\ncommit',
  ],
  clean: [
    'savepoint s; release s',
    'savepoint s; rollback to s',
    "select 'commit'",
    'do $$ begin perform 1; end $$',
    'create procedure p() language plpgsql as $$ begin commit; end $$',
  ],
});

import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('session-setting', {
  warning: [
    'set search_path to s',
    "set lock_timeout = '1s'",
    "select pg_catalog.set_config('search_path', '', false)",
  ],
  clean: [
    'set local search_path to s',
    "select set_config('app.x', '', true)",
    'reset search_path',
    'select 1',
  ],
});

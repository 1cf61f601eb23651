import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('lock-timeout', {
  error: [
    'set lock_timeout = 0',
    "set local lock_timeout = '0s'",
    'set lock_timeout to default',
    'reset lock_timeout',
    'reset all',
    "select set_config('lock_timeout', '0', true)",
  ],
  clean: [
    "set local lock_timeout = '10s'",
    'set local lock_timeout = 500',
    'set local statement_timeout = 0',
    "select set_config('lock_timeout', '5s', true)",
    'reset search_path',
    "select set_config('app.x', '0', true)",
  ],
});

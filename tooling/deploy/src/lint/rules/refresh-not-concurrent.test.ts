import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('refresh-not-concurrent', {
  error: ['refresh materialized view big', 'refresh materialized view elsewhere with no data'],
  warning: ['refresh materialized view public.small'],
  clean: [
    'refresh materialized view concurrently big',
    'refresh materialized view empty',
    'create materialized view v as select 1; refresh materialized view v',
  ],
});

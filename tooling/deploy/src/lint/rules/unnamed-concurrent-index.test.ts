import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('unnamed-concurrent-index', {
  error: ['create index concurrently on big (id)', 'create unique index concurrently on empty (id)'],
  clean: ['create index concurrently i on big (id)', 'create index on empty (id)'],
});

import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('concurrent-index-if-not-exists', {
  warning: ['create index concurrently if not exists i on big (id)'],
  clean: [
    'create index concurrently i on big (id)',
    'create index if not exists i on empty (id)',
    'drop index concurrently if exists i',
  ],
});

import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('blocking-maintenance', {
  error: [
    'cluster big using i',
    'reindex table big',
    'vacuum full big',
    'lock table big',
    'alter table big set tablespace t',
    'alter table big set unlogged',
    'alter table big alter id set expression as (1)',
    'reindex index i_big',
    'reindex index elsewhere',
    'reindex schema public',
    'reindex database',
  ],
  warning: ['cluster small', 'reindex index i_small'],
  clean: [
    'reindex table concurrently big',
    'reindex index concurrently i_big',
    'reindex index i_empty',
    'reindex system postgres',
    'vacuum big',
    'lock table big in share mode',
    'cluster empty',
    'alter table big set (fillfactor = 90)',
  ],
});

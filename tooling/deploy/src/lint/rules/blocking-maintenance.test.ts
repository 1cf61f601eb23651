import { describeRule } from '../testing.ts';

describeRule('blocking-maintenance', {
  error: [
    'cluster big using i',
    'reindex table big',
    'vacuum full big',
    'lock table big',
    'alter table big set tablespace t',
    'alter table big set unlogged',
  ],
  warning: ['cluster small'],
  clean: [
    'reindex table concurrently big',
    'vacuum big',
    'lock table big in share mode',
    'cluster empty',
    'alter table big set (fillfactor = 90)',
  ],
});

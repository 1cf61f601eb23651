import { expect, it } from 'vitest';
import { CONTEXT, describeRule, lintSql } from '../../../test/support/describe-rule.ts';

describeRule('drop-index-not-concurrent', {
  notice: [
    'drop index i_big',
    'drop index public.i_small, i_empty',
    'drop index i_nobody_knows',
    'create index concurrently i on big (id); drop index i',
    'alter table big rename to huge; create index i on huge (id); drop index i',
  ],
  clean: [
    'drop index concurrently i_big',
    'drop index i_empty',
    'drop index if exists gone',
    'create table t (a int); create index i on t (a); drop index i',
  ],
});

it('knows nothing is gone for sure where nobody could be asked', async () => {
  const { indexes: _, ...context } = CONTEXT;
  const findings = await lintSql('drop index if exists gone', context);
  expect(findings.map(({ rule }) => rule)).toEqual(['drop-index-not-concurrent']);
});

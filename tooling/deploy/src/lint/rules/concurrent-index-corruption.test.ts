import { expect, it } from 'vitest';
import { CONTEXT, lintSql } from '../../../test/support/describe-rule.ts';

const BUILD = 'create index concurrently i on big (id)';

it.each([
  [14, 3, BUILD, 1],
  [14, 0, 'reindex table concurrently big', 1],
  [14, 4, BUILD, 0],
  [15, 0, BUILD, 0],
  [14, 3, 'create index i on empty (id)', 0],
  [14, undefined, BUILD, 0],
])('on %s.%s, %s: %i', async (serverVersion, serverMinor, sql, count) => {
  const target = { ...CONTEXT, serverVersion, ...(serverMinor !== undefined && { serverMinor }) };
  const findings = await lintSql(sql, target);
  expect(findings.filter(({ rule }) => rule === 'concurrent-index-corruption')).toHaveLength(count);
});

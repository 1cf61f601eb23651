import { expect, it } from 'vitest';
import type { LintFinding } from '../lint/lint-finding.ts';
import { lintSummary, lintText } from './lint-text.ts';

const finding: LintFinding = {
  rule: 'drop-table',
  severity: 'error',
  file: 'a/migration.sql',
  line: 3,
  column: 2,
  endLine: 4,
  endColumn: 9,
  statement: 'drop table t',
  why: 'Rows are lost.',
  rewrite: 'Do not.',
  accepted: null,
};

it('prints as compilers do, and nothing of what was accepted', () => {
  // A stream without a terminal has no colours.
  expect(lintText([finding, { ...finding, accepted: 'old' }], process.stdout)).toBe(
    'a/migration.sql:3:2: error drop-table: Rows are lost.\n    Do not.\n',
  );
});

it.each([
  [[], 1, 'No findings in 1 file.'],
  [[finding, finding, { ...finding, severity: 'warning' as const }], 2, '2 errors, 1 warning in 2 files.'],
  [[{ ...finding, accepted: 'old' }], 1_000, '1 accepted in 1,000 files.'],
])('counts %#', (findings, files, summary) => {
  expect(lintSummary(findings, files)).toBe(summary);
});

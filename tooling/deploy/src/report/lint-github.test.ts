import { expect, it } from 'vitest';
import type { LintFinding } from '../lint/lint-finding.ts';
import { lintGithub } from './lint-github.ts';

const finding: LintFinding = {
  rule: 'drop-table',
  severity: 'error',
  file: 'm/migration.sql',
  line: 3,
  column: 2,
  endLine: 3,
  endColumn: 9,
  statement: 'drop table t',
  why: 'Rows are lost.',
  rewrite: 'Do not.',
  accepted: null,
};

it('writes one workflow command a line', () => {
  expect(lintGithub([finding, { ...finding, severity: 'notice', endLine: 4 }])).toBe(
    '::error file=m/migration.sql,line=3,endLine=3,col=2,endColumn=9,title=drop-table::Rows are lost.%0ADo not.\n' +
      '::notice file=m/migration.sql,line=3,endLine=4,title=drop-table::Rows are lost.%0ADo not.\n',
  );
});

it('lets nothing in a name or a text end the command or begin another one', () => {
  const odd = { ...finding, file: 'a,b:c%\n::error::x.sql', why: '50 %: done, ::error::\r\nnext' };
  const text = lintGithub([odd]);
  expect(text.trimEnd().split('\n')).toHaveLength(1);
  expect(text).toContain('file=a%2Cb%3Ac%25%0A%3A%3Aerror%3A%3Ax.sql,line=3');
  expect(text).toContain('::50 %25: done, ::error::%0D%0Anext%0ADo not.');
});

it('leaves out what was accepted', () => {
  expect(lintGithub([{ ...finding, accepted: 'old' }])).toBe('');
});

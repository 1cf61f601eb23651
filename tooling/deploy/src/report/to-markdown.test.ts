import type { DeploymentFinding } from '@apms/validators';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEPLOYED } from '../../test/support/deployed-report.ts';
import { EXAMPLES } from '../../test/support/example-reports.ts';
import { composeDocument } from './compose-document.ts';
import { inline, toMarkdown } from './to-markdown.ts';

const finding = (line: number | null, more: Partial<DeploymentFinding> = {}): DeploymentFinding => ({
  rule: 'drop-column',
  severity: 'warning',
  file: line === null ? null : 'm/migration.sql',
  line,
  column: 1,
  statement: null,
  why: `why ${line}`,
  rewrite: 'Wait a release.',
  accepted: null,
  ...more,
});

/** The text of one section. */
function section(title: string, findings: DeploymentFinding[]): string {
  const text = toMarkdown(composeDocument({ ...DEPLOYED, findings }));
  return text.split(`## ${title}\n\n`)[1]?.split('\n\n## ')[0] ?? '';
}

describe('toMarkdown', () => {
  it('says once what to do about many findings of one kind, and where the rest are', () => {
    const lines = Array.from({ length: 9 }, (_, index) => finding(index + 1));
    expect(section('Findings', lines)).toBe(
      [
        '! 9 warnings: drop-column. Wait a release.',
        '',
        '- `m/migration.sql:1`: why 1',
        '- `m/migration.sql:2`: why 2',
        '- `m/migration.sql:3`: why 3',
        '- `m/migration.sql:4`: why 4',
        '- `m/migration.sql:5`: why 5',
        '- and 4 more: `m/migration.sql` lines 6–9 (each in report.json).',
      ].join('\n'),
    );
  });

  it('tells the gravest finding first, and why one was accepted', () => {
    const text = section('Findings', [
      finding(1, { accepted: 'nobody reads it' }),
      finding(2),
      finding(null, { rule: 'drift', severity: 'error', why: 'It differs.', rewrite: 'Undo it.' }),
    ]);
    expect(text.split('\n\n')).toEqual([
      '1 error, 1 warning, 1 accepted.',
      '✗ 1 error: drift. Undo it.',
      '- It differs.',
      '! 1 warning: drop-column. Wait a release.',
      '- `m/migration.sql:2`: why 2',
      '**1 accepted: drop-column.**',
      '- `m/migration.sql:1`: why 1 Accepted: nobody reads it',
    ]);
  });

  it('begins with the verdict and what to do next', () => {
    const [title, sentence] = toMarkdown(composeDocument(EXAMPLES.hold)).split('\n\n');
    expect(title).toBe('# HOLD: production, 20261128T021004Z-0a1b2c');
    expect(sentence).toBe(
      '**production is on the old schema and was not touched**: a person has to decide about 1 reason. Next: Mend it, or repeat the command with `--accept-hold "REASON"`; the reason is recorded.',
    );
  });

  it('makes no markup of what a text holds', () => {
    expect(inline('<img src=x> [a](b) *c* _d_ `e` f_g')).toBe(
      String.raw`\<img src=x> \[a\](b) \*c\* \_d\_ \`e\` f_g`,
    );
    expect(inline([{ code: 'a ``b`` c' }])).toBe('``` a ``b`` c ```');
  });

  it('keeps every code span closed, whatever it holds', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a`\n ]{1,20}$/), (code) => {
        const span = inline([{ code }]);
        const fence = /^`+/.exec(span)?.[0] ?? '';
        const inside = span.slice(fence.length, -fence.length);
        expect(span.endsWith(fence)).toBe(true);
        expect((inside.match(/`+/g) ?? []).every(({ length }) => length < fence.length)).toBe(true);
      }),
    );
  });
});

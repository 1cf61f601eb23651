import type { DeploymentFinding } from '@apms/validators';
import { describe, expect, it } from 'vitest';
import { findingsText } from './findings-text.ts';

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

describe('findingsText', () => {
  it('says once what to do about many of one kind, and where the rest are', () => {
    const lines = Array.from({ length: 9 }, (_, index) => finding(index + 1));
    expect(findingsText(lines)).toBe(
      [
        '**9 warnings: drop-column.** Wait a release.',
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

  it('tells the gravest first, and why one was accepted', () => {
    const text = findingsText([
      finding(1, { accepted: 'nobody reads it' }),
      finding(2),
      finding(null, { rule: 'drift', severity: 'error', why: 'It differs.', rewrite: 'Undo it.' }),
    ]);
    expect(text.split('\n\n')).toEqual([
      '1 error, 1 warning, 1 accepted.',
      '**1 error: drift.** Undo it.',
      '- It differs.',
      '**1 warning: drop-column.** Wait a release.',
      '- `m/migration.sql:2`: why 2',
      '**1 accepted: drop-column.**',
      '- `m/migration.sql:1`: why 1 Accepted: nobody reads it',
    ]);
  });
});

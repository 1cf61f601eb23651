import * as fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { ForeignKey, OrphanAudit, OrphanFinding } from './orphan-audit.ts';

const foreignKey: ForeignKey = {
  name: 'fk_workflow_stages_workflow',
  table: 'workflow_stages',
  columns: ['workspace_id', 'workflow_id'],
  referencedTable: 'workflow_instances',
  referencedColumns: ['workspace_id', 'id'],
  validated: true,
  severity: 'WARNING',
};

describe('ForeignKey', () => {
  it('pairs every column with the one it references', () => {
    const names = fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(names, names, (columns, referencedColumns) => {
        const { success } = ForeignKey.safeParse({ ...foreignKey, columns, referencedColumns });
        expect(success).toBe(columns.length === referencedColumns.length);
      }),
    );
  });

  it('refuses a key without columns', () => {
    expect(ForeignKey.safeParse({ ...foreignKey, columns: [], referencedColumns: [] }).success).toBe(false);
  });
});

describe('OrphanAudit', () => {
  const finding: OrphanFinding = { foreignKey, count: 3, sampleIds: ['a', 'b', 'c'] };

  it('survives the wire', () => {
    const audit: OrphanAudit = { checked: 57, skipped: [foreignKey], findings: [finding], durationMs: 12.5 };
    expect(OrphanAudit.parse(JSON.parse(JSON.stringify(audit)))).toEqual(audit);
  });

  it('has no finding without an orphan', () => {
    expect(OrphanFinding.safeParse({ ...finding, count: 0 }).success).toBe(false);
    expectTypeOf<OrphanFinding['foreignKey']['severity']>().toEqualTypeOf<'CRITICAL' | 'WARNING'>();
  });
});

import type { CheckProblem, ForeignKey, OrphanAudit } from '@apms/validators';

/** What an audit of the foreign keys found, as C1 reads it from the setting `validation.orphans`. */
export interface OrphanEvidence {
  readonly checked: number;
  readonly orphans: number;
  readonly problems: readonly CheckProblem[];
}

/** What the server said, where there is no audit. */
export interface BrokenAudit {
  readonly failure: string;
}

/** The audit as evidence for C1. */
export function orphanEvidence({ checked, findings }: OrphanAudit): OrphanEvidence {
  return {
    checked,
    orphans: findings.reduce((sum, { count }) => sum + count, 0),
    problems: findings.map(({ foreignKey, count, sampleIds }) => ({
      message: describeOrphans(foreignKey, String(count)),
      table: foreignKey.table,
      count,
      sampleIds,
    })),
  };
}

/** The sentence about so many orphans of a key. */
export function describeOrphans(key: ForeignKey, count: string): string {
  return `${key.table} (${key.columns.join(', ')}) refers to ${count} missing rows of ${key.referencedTable} (${key.name})`;
}

import { z } from 'zod';

/** How bad an orphan is: CRITICAL loses the configuration or owner of an approval. */
export const OrphanSeverity = z.enum(['CRITICAL', 'WARNING']);
export type OrphanSeverity = z.infer<typeof OrphanSeverity>;

/** A foreign key as the catalog declares it; `columns[i]` references `referencedColumns[i]`. */
export const ForeignKey = z
  .object({
    name: z.string().min(1),
    table: z.string().min(1),
    columns: z.array(z.string()).min(1),
    referencedTable: z.string().min(1),
    referencedColumns: z.array(z.string()).min(1),
    validated: z.boolean(),
    severity: OrphanSeverity,
  })
  .refine((key) => key.columns.length === key.referencedColumns.length, {
    error: 'a foreign key has as many columns as it references',
    path: ['referencedColumns'],
  });
export type ForeignKey = z.infer<typeof ForeignKey>;

/** Rows whose reference leads nowhere; `sampleIds` are the first few primary keys of the referencing table. */
export const OrphanFinding = z.object({
  foreignKey: ForeignKey,
  count: z.int().positive(),
  sampleIds: z.array(z.string()),
});
export type OrphanFinding = z.infer<typeof OrphanFinding>;

/** One orphan audit: keys in `skipped` name tables or columns that the database does not have. */
export const OrphanAudit = z.object({
  checked: z.int().nonnegative(),
  skipped: z.array(ForeignKey),
  findings: z.array(OrphanFinding),
  durationMs: z.number().nonnegative(),
});
export type OrphanAudit = z.infer<typeof OrphanAudit>;

/** What had an orphan audit run. */
export const IntegrityOrigin = z.enum(['ON_DEMAND', 'SCHEDULED', 'DEPLOYMENT']);
export type IntegrityOrigin = z.infer<typeof IntegrityOrigin>;

/** Verdict of an orphan audit: its worst finding's severity. */
export const IntegrityHealth = z.enum(['HEALTHY', 'WARNING', 'CRITICAL']);
export type IntegrityHealth = z.infer<typeof IntegrityHealth>;

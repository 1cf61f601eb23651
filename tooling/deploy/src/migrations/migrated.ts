import { z } from 'zod';
import type { Applied } from './apply-error.ts';

/** The traces that migrations left in the tables of their target, by which their rows are told from the application's. */
export const Migrated = z.object({
  /** Ids of their transactions. */
  transactionIds: z.array(z.string()),
  /** By how many rows they made each table (`schema.table`) longer, or shorter. */
  rowChange: z.record(z.string(), z.int()),
});
export type Migrated = z.infer<typeof Migrated>;

/** Of migrations of which nothing was committed. */
export const NO_TRACES: Migrated = { transactionIds: [], rowChange: {} };

/** The traces of what was applied. */
export function migratedBy({ transactionIds, insertedRows, deletedRows }: Applied): Migrated {
  const tables = new Set([...insertedRows.keys(), ...deletedRows.keys()]);
  const rowChange = Object.fromEntries(
    [...tables].map((name) => [name, (insertedRows.get(name) ?? 0) - (deletedRows.get(name) ?? 0)]),
  );
  return { transactionIds: [...transactionIds], rowChange };
}

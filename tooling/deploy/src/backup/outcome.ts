import { z } from 'zod';

/**
 * What another machine must know of the deployment that made a backup: how it ended and, to tell what the application wrote
 * since, the traces that its migrations left.
 */
export const BackupOutcome = z.object({
  outcome: z.string(),
  transactionIds: z.array(z.string()),
  /** By how many rows a table (`schema.table`) became longer, or shorter; those that did not are left out. */
  rowChange: z.record(z.string(), z.number()),
});
export type BackupOutcome = z.infer<typeof BackupOutcome>;

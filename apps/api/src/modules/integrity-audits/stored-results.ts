import { OrphanSeverity } from '@apms/validators';
import { z } from 'zod';

/** What `storeOrphanAudit` writes into the column `results`. */
export const StoredResults = z.object({
  findings: z.array(
    z.object({
      name: z.string(),
      table: z.string(),
      severity: OrphanSeverity,
      count: z.int(),
      sampleIds: z.array(z.string()),
    }),
  ),
  skipped: z.array(z.object({ name: z.string(), table: z.string() })),
});
export type StoredResults = z.infer<typeof StoredResults>;

import { z } from 'zod';

/** Whether a process of the API can do its work. */
export const Health = z.object({
  status: z.enum(['ok', 'failing']),
  version: z.string(),
  /** The last migration that this version knows; null when it knows none. */
  migration: z.string().nullable(),
  checks: z.object({
    /** The database answers. */
    database: z.boolean(),
    /** Every migration of this version is applied. */
    migrations: z.boolean(),
    /** Changes from other processes arrive. */
    changes: z.boolean(),
  }),
});
export type Health = z.infer<typeof Health>;

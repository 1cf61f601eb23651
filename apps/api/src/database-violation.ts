import { z } from 'zod';

/** What PostgreSQL refused a statement for. Absent facts are null. */
export interface DatabaseViolation {
  readonly sqlState: string;
  readonly message: string;
  readonly constraint: string | null;
  readonly table: string | null;
}

const PgError = z.object({
  code: z.string().regex(/^[0-9A-Z]{5}$/),
  message: z.string(),
  severity: z.string(),
  constraint: z.string().optional(),
  table: z.string().optional(),
});

/** The violation behind an error of the driver; null when the database did not refuse a statement. */
export function readViolation(error: unknown): DatabaseViolation | null {
  const refused = PgError.safeParse(error);
  if (!refused.success) return null;
  const { code, message, constraint = null, table = null } = refused.data;
  return { sqlState: code, message, constraint, table };
}

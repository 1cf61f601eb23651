import { runValidationSuite } from '@apms/db/checks';
import type { CheckResult } from '@apms/validators';
import type pg from 'pg';
import { readSchema, type Schema } from '../schema/read-schema.ts';

/**
 * Looks at what the migrations have made while their transaction is open. Locks are held meanwhile, so nothing here reads
 * a whole table: keys that are validated prove that no orphan is there.
 */
export async function inspect(client: pg.Client): Promise<{ checks: CheckResult[]; schema: Schema }> {
  const checks = await runValidationSuite(client, {
    orphans: 'trust-validated',
    codes: ['C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'I1', 'I2', 'I3'],
  });
  return { checks, schema: await readSchema(client) };
}

import { Prisma, type SqlTransaction } from '@apms/db';

/**
 * Does work that inserts or deletes many rows, with the checks of their foreign keys planned for the tables as they are by
 * then. A connection plans each check once, and one that was planned for an almost empty table would go on reading all
 * of it. And the statistics do not know the version yet: planned for its id, a check would look through all rows of the
 * version, of which it takes there to be none. Either makes an import ten times as slow.
 */
export async function withKeysPlannedAnew(tx: SqlTransaction, work: () => Promise<unknown>): Promise<void> {
  await Promise.all([
    tx.query(Prisma.sql`discard plans`),
    // At no cost of comparing, indexes differ only by the rows that they promise.
    tx.query(Prisma.sql`
      select set_config('plan_cache_mode', 'force_generic_plan', true), set_config('cpu_operator_cost', '0', true)`),
    work(),
  ]);
  await Promise.all([
    tx.query(Prisma.sql`reset plan_cache_mode`),
    tx.query(Prisma.sql`reset cpu_operator_cost`),
  ]);
}

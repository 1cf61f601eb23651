import { Prisma, type SqlTransaction } from '@apms/db';

/**
 * Does work that inserts many rows, with the checks of their foreign keys planned for the tables as they are by then. A
 * connection plans each check once: one that was planned for an almost empty table would go on reading all of it, and
 * as long as there are no statistics an index that merely looks smaller beats the unique one. Either makes an import
 * ten times as slow.
 */
export async function withKeysPlannedAnew(tx: SqlTransaction, work: () => Promise<unknown>): Promise<void> {
  await Promise.all([
    tx.query(Prisma.sql`discard plans`),
    // Leaves no difference between indexes but the rows that they promise.
    tx.query(Prisma.sql`select set_config('cpu_operator_cost', '0', true)`),
    work(),
  ]);
  await tx.query(Prisma.sql`reset cpu_operator_cost`);
}

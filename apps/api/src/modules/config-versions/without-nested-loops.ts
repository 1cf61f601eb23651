import { Prisma, type SqlTransaction } from '@apms/db';

/**
 * Runs a statement over all rows of a version without nested loops. Right after an import PostgreSQL has no statistics
 * of its rows, takes ten thousands for one, and would go through them once for each of them.
 */
export async function withoutNestedLoops<Rows>(tx: SqlTransaction, query: Prisma.Sql): Promise<Rows> {
  const [, rows] = await Promise.all([
    // Loops that cannot be avoided count as enormous, for which PostgreSQL would spend seconds on compiling the query.
    tx.query(Prisma.sql`select set_config('enable_nestloop', 'off', true), set_config('jit', 'off', true)`),
    tx.query<Rows>(query),
    tx.query(Prisma.sql`reset enable_nestloop`),
  ]);
  return rows;
}

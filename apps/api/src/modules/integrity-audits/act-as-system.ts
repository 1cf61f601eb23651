import { Prisma, type SqlTransaction, type WorkspaceDb } from '@apms/db';

/**
 * Does the work as the role `apms_jobs`, in the same transaction, and goes on as `apms_api`. That role sees the rows
 * of every workspace: each statement has to name the workspace it means. A failure leaves the role as it is; the
 * transaction is over then anyway.
 */
export async function actAsSystem<T>(tx: SqlTransaction, work: () => Promise<T>): Promise<T> {
  await tx.query(Prisma.sql`select set_config('role', 'apms_jobs', true)`);
  const result = await work();
  await tx.query(Prisma.sql`select set_config('role', 'apms_api', true)`);
  return result;
}

/** The same database, whose reading statements are done as {@link actAsSystem} does. */
export function readingAsSystem(db: WorkspaceDb): WorkspaceDb {
  return {
    ...db,
    query: (sql) => db.transaction((tx) => actAsSystem(tx, () => tx.query(sql))),
  };
}

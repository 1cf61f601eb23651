export { Prisma } from '../generated/prisma/client.ts';
export { createDb, type Db, type DbOptions } from './create-db.ts';
export { migrationsDirectory } from './migrations-directory.ts';
export { newId } from './new-id.ts';
export { type Database, type DatabaseOptions, openDatabase, type WorkspaceDb } from './open-database.ts';
export type { SqlRunner, SqlTransaction } from './sql-transaction.ts';
export {
  type WorkspaceScope,
  type WorkspaceTransaction,
  type WorkspaceTransactionOptions,
  withWorkspace,
} from './with-workspace.ts';

export { Prisma } from '../generated/prisma/client.ts';
export { migrationsDirectory } from './migrations-directory.ts';
export { newId } from './new-id.ts';
export {
  type Database,
  type DatabaseOptions,
  openDatabase,
  type QueryOptions,
  type WorkspaceDb,
  type WorkspaceScope,
} from './open-database.ts';
export type { SqlTransaction } from './sql-transaction.ts';

import { join } from 'node:path';

/** The absolute path of the folder that holds one folder a migration. */
export const migrationsDirectory: string = join(import.meta.dirname, '../prisma/migrations');

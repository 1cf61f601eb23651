import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '../generated/prisma/client.ts';
import { statementNames } from './statement-names.ts';

/** The client of the database; disconnect it with `$disconnect()`. */
export type Db = PrismaClient;

export interface DbOptions {
  readonly connectionString: string;
  /** The most connections that are open at once; 10 when absent. */
  readonly max?: number;
  /** The most prepared statements kept on a connection; 500 when absent, 0 behind a pooler that forbids them. */
  readonly maxStatements?: number;
}

/** Connects on first use; a server that goes away is reported by the query that needs it. */
export function createDb({ connectionString, max = 10, maxStatements = 500 }: DbOptions): Db {
  const adapter = new PrismaPg(
    { connectionString, max },
    { statementNameGenerator: statementNames(maxStatements) },
  );
  return new PrismaClient({ adapter });
}

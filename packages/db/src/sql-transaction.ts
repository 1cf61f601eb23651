import type { PoolClient } from 'pg';
import type { Prisma } from '../generated/prisma/client.ts';
import type { StatementNamer } from './statement-names.ts';

/** What runs statements inside a transaction: Prisma's transaction client, or a {@link SqlTransaction}. */
export interface SqlRunner {
  /** The rows of one statement as the driver reads them; `Rows` is an array type. */
  $queryRaw<Rows>(query: Prisma.Sql): Promise<Rows>;
}

/**
 * A transaction without Prisma's layer, for procedures that are called all day. Statements are sent as soon as they
 * are asked for: those that do not wait for each other's rows share a round trip. `bigint` and `numeric` arrive as
 * strings.
 */
export type SqlTransaction = SqlRunner;

/** Runs statements on a connection that is inside a transaction. */
export function sqlTransaction(client: PoolClient, nameOf: StatementNamer): SqlTransaction {
  return {
    async $queryRaw<Rows>(query: Prisma.Sql): Promise<Rows> {
      const { text, values } = query;
      const name = nameOf({ sql: text });
      const { rows } = await client.query({ ...(name === '' ? {} : { name }), text, values });
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the rows are, only the SQL says
      return rows as Rows;
    },
  };
}

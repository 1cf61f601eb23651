import type { PoolClient } from 'pg';
import type { Prisma } from '../generated/prisma/client.ts';
import { sendAtOnce } from './send-at-once.ts';
import type { StatementNamer } from './statement-names.ts';

/** Runs statements inside a transaction. */
export interface SqlTransaction {
  /**
   * The rows of one statement as the driver reads them, `bigint` and `numeric` as strings; `Rows` is an array type.
   * It is sent at once: statements that do not wait for each other's rows share a round trip.
   */
  query<Rows>(query: Prisma.Sql): Promise<Rows>;
}

/** Runs statements on a connection that is inside a transaction. */
export function sqlTransaction(client: PoolClient, nameOf: StatementNamer): SqlTransaction {
  return {
    async query<Rows>({ text, values }: Prisma.Sql): Promise<Rows> {
      const name = nameOf({ sql: text });
      sendAtOnce(client);
      const { rows } = await client.query({ ...(name === '' ? {} : { name }), text, values });
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the rows are, only the SQL says
      return rows as Rows;
    },
  };
}

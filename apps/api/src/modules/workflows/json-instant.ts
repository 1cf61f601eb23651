import { Prisma } from '@apms/db';

/** A timestamp as an ISO string in UTC, whatever the session's time zone: for what PostgreSQL puts into JSON. */
export function jsonInstant(column: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

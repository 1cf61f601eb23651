import { Prisma, type SqlTransaction } from '@apms/db';
import { AppError } from '../../errors.ts';
import type { ConfigEntity } from './config-tables.ts';

/** One row from the table that `source` calls `t`. @throws {AppError} ENTITY_NOT_FOUND */
export async function readConfigRow<Row>(
  tx: SqlTransaction,
  entity: ConfigEntity,
  source: { readonly select: Prisma.Sql; readonly from: Prisma.Sql },
  id: string,
): Promise<Row> {
  const [row] = await tx.query<Row[]>(Prisma.sql`${source.select} ${source.from} where t.id = ${id}`);
  if (row === undefined) throw new AppError({ code: 'ENTITY_NOT_FOUND', entity, id });
  return row;
}

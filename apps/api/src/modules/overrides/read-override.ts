import { Prisma, type SqlTransaction } from '@apms/db';
import type { ApproverOverride, Produced } from '@apms/validators';
import { AppError } from '../../errors.ts';
import { overrideColumns, overrideTables } from './override-columns.ts';

/** @throws {AppError} ENTITY_NOT_FOUND */
export async function readOverride(
  tx: Pick<SqlTransaction, 'query'>,
  overrideId: string,
): Promise<Produced<typeof ApproverOverride>> {
  const [override] = await tx.query<Produced<typeof ApproverOverride>[]>(
    Prisma.sql`${overrideColumns} ${overrideTables} where o.id = ${overrideId}`,
  );
  if (override === undefined)
    throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'override', id: overrideId });
  return override;
}

import { Prisma, type SqlTransaction } from '@apms/db';
import type { IntegrityAudit, Produced } from '@apms/validators';
import { AppError } from '../../errors.ts';
import { auditColumns, auditSource } from './audit-columns.ts';

/** @throws {AppError} ENTITY_NOT_FOUND */
export async function readAudit(
  tx: SqlTransaction,
  auditId: string,
): Promise<Produced<typeof IntegrityAudit>> {
  const [audit] = await tx.query<Produced<typeof IntegrityAudit>[]>(
    Prisma.sql`${auditColumns} ${auditSource} where a.id = ${auditId}`,
  );
  if (audit === undefined)
    throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'integrityAudit', id: auditId });
  return audit;
}

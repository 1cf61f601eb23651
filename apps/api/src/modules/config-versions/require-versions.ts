import { Prisma, type SqlTransaction } from '@apms/db';
import { AppError } from '../../errors.ts';

/** @throws {AppError} ENTITY_NOT_FOUND for the first version that the workspace does not have */
export async function requireVersions(
  tx: SqlTransaction,
  configVersionIds: readonly string[],
): Promise<void> {
  const known = await tx.query<{ id: string }[]>(
    Prisma.sql`select id from config_versions where id = any(${configVersionIds}::text[])`,
  );
  const missing = configVersionIds.find((id) => !known.some((version) => version.id === id));
  if (missing !== undefined) {
    throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'configVersion', id: missing });
  }
}

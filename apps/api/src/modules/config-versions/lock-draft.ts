import { Prisma, type SqlTransaction } from '@apms/db';
import type { ConfigVersionStatus } from '@apms/validators';
import { AppError } from '../../errors.ts';

/**
 * Keeps a DRAFT a DRAFT until the transaction ends, and its edits one after another. Every edit of its rows calls this
 * first: the database's own check locks the version only after the rows, and then two edits could wait for each other.
 * @throws {AppError} ENTITY_NOT_FOUND, CONFIG_VERSION_NOT_DRAFT
 */
export async function lockDraft(tx: SqlTransaction, configVersionId: string): Promise<void> {
  const [version] = await tx.query<{ status: ConfigVersionStatus }[]>(
    Prisma.sql`select status from config_versions where id = ${configVersionId} for no key update`,
  );
  if (version === undefined) {
    throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'configVersion', id: configVersionId });
  }
  const { status } = version;
  if (status !== 'DRAFT') throw new AppError({ code: 'CONFIG_VERSION_NOT_DRAFT', configVersionId, status });
}

import { Prisma, type SqlTransaction } from '@apms/db';
import type { ConfigVersionStatus } from '@apms/validators';
import { AppError } from '../../errors.ts';

/**
 * Checks that the workspace has the version; for edits, also that it is a DRAFT, which it then stays until the
 * transaction ends: edits of one version come one after another, and none lands in a version that was activated.
 * @throws {AppError} ENTITY_NOT_FOUND; CONFIG_VERSION_NOT_DRAFT
 */
export async function validateConfigVersionReference(
  tx: SqlTransaction,
  configVersionId: string,
  purpose: 'read' | 'edit',
): Promise<void> {
  const lock = purpose === 'edit' ? Prisma.sql`for no key update` : Prisma.empty;
  const [version] = await tx.query<{ status: ConfigVersionStatus }[]>(
    Prisma.sql`select status from config_versions where id = ${configVersionId} ${lock}`,
  );
  if (version === undefined) {
    throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'configVersion', id: configVersionId });
  }
  const { status } = version;
  if (purpose === 'edit' && status !== 'DRAFT') {
    throw new AppError({ code: 'CONFIG_VERSION_NOT_DRAFT', configVersionId, status });
  }
}

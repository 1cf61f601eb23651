import { Prisma } from '@apms/db';
import type { ConfigVersionDetails, ConfigVersionRef, Produced } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { lockVersionFor } from './lock-version.ts';
import { readConfigVersion } from './read-config-version.ts';

/**
 * Ends a SUPERSEDED version: it can still be read, and no rollback leads to it any more.
 * @throws {AppError} ENTITY_NOT_FOUND, TRANSITION_ILLEGAL
 */
export async function archiveConfigVersion(
  ctx: WorkspaceContext,
  { configVersionId }: ConfigVersionRef,
): Promise<Produced<typeof ConfigVersionDetails>> {
  return await ctx.db.transaction(async (tx) => {
    await lockVersionFor('archive', tx, ctx, configVersionId);
    const audit = {
      action: 'configVersions.archive',
      entityType: 'configVersion',
      entityId: configVersionId,
    } as const;
    const [, , archived] = await Promise.all([
      tx.query(Prisma.sql`
        update config_versions set status = 'ARCHIVED', archived_at = ${ctx.now}, updated_at = ${ctx.now}
        where id = ${configVersionId}`),
      recordAuditEvent(tx, ctx, audit),
      readConfigVersion(tx, configVersionId),
    ]);
    return archived;
  });
}

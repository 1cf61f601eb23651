import { newId, Prisma } from '@apms/db';
import type { ConfigVersionDetails, Produced, RollbackConfigVersion } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { copyRows } from './copy-rows.ts';
import { lockVersionFor } from './lock-version.ts';
import { makeActive } from './make-active.ts';
import { nextVersionNumber } from './next-version-number.ts';
import { readConfigVersion } from './read-config-version.ts';
import { withKeysPlannedAnew } from './with-keys-planned-anew.ts';

/**
 * Makes the rows of a SUPERSEDED version ACTIVE again, as a new version: history goes forward, and running workflows
 * keep theirs. Its warnings were acknowledged when it was activated, and are so again.
 * @throws {AppError} ENTITY_NOT_FOUND; TRANSITION_ILLEGAL unless it is SUPERSEDED; CONFIG_VERSION_CONFLICT when another
 * version became ACTIVE at the same moment
 */
export async function rollbackConfigVersion(
  ctx: WorkspaceContext,
  { configVersionId, notes }: RollbackConfigVersion,
): Promise<Produced<typeof ConfigVersionDetails>> {
  const { actor, now } = ctx;
  return await ctx.db.transaction(async (tx) => {
    const version = await lockVersionFor('rollback', tx, ctx, configVersionId);
    const { versionNumber, activeId } = version;
    const rollbackId = newId();
    const copy = { fromVersionId: configVersionId, toVersionId: rollbackId };
    const audit = {
      action: 'configVersions.rollback',
      entityType: 'configVersion',
      entityId: rollbackId,
      details: { fromVersionId: configVersionId, fromVersionNumber: versionNumber, supersededId: activeId },
    } as const;
    const [, , , , activated] = await Promise.all([
      tx.query(Prisma.sql`
        insert into config_versions (id, workspace_id, source_type, version_number, source_file_name, source_file_type,
          source_checksum, validation_status, validation_result, is_rollback, notes, imported_by_id, imported_at,
          created_at, updated_at)
        select ${rollbackId}, workspace_id, source_type, ${nextVersionNumber(Prisma.sql`v.source_type`)},
          source_file_name, source_file_type, source_checksum, validation_status, validation_result, true,
          ${notes ?? `Rollback to version ${versionNumber}`}, ${actor.userId}, ${now}, ${now}, ${now}
        from config_versions v where v.id = ${configVersionId}`),
      withKeysPlannedAnew(tx, () => copyRows(tx, copy)),
      makeActive(tx, ctx, rollbackId, activeId),
      recordAuditEvent(tx, ctx, audit),
      readConfigVersion(tx, rollbackId),
    ]);
    return activated;
  });
}

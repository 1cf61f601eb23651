import { Prisma } from '@apms/db';
import type { ConfigVersionRef } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { lockVersionFor } from './lock-version.ts';
import { withKeysPlannedAnew } from './with-keys-planned-anew.ts';

/** Parts before what they belong to: between configuration rows the keys restrict. */
const tables = [
  Prisma.sql`cluster_approver_master`,
  Prisma.sql`cluster_master`,
  Prisma.sql`approval_policy_stages`,
  Prisma.sql`approval_policy_master`,
  Prisma.sql`approval_role_master`,
  Prisma.sql`vendor_master`,
  Prisma.sql`atp_scope_master`,
];

/**
 * Deletes a DRAFT with all its rows; the document that it was imported from stays, and so do the people it brought.
 * @throws {AppError} ENTITY_NOT_FOUND; CONFIG_VERSION_ACTIVE; TRANSITION_ILLEGAL
 */
export async function discardConfigVersion(
  ctx: WorkspaceContext,
  { configVersionId }: ConfigVersionRef,
): Promise<ConfigVersionRef> {
  return await ctx.db.transaction(async (tx) => {
    const { versionNumber, sourceType } = await lockVersionFor('discard', tx, ctx, configVersionId);
    const deletions = [
      ...tables.map((table) => Prisma.sql`delete from ${table} where config_version_id = ${configVersionId}`),
      Prisma.sql`delete from config_versions where id = ${configVersionId}`,
    ];
    await Promise.all([
      withKeysPlannedAnew(tx, () => Promise.all(deletions.map((deletion) => tx.query(deletion)))),
      recordAuditEvent(tx, ctx, {
        action: 'configVersions.discard',
        entityType: 'configVersion',
        entityId: configVersionId,
        details: { versionNumber, sourceType },
      }),
    ]);
    return { configVersionId };
  });
}

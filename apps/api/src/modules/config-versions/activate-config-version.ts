import type { ActivateConfigVersion, ConfigVersionDetails, Produced } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { lockVersionFor } from './lock-version.ts';
import { makeActive } from './make-active.ts';
import { readConfigVersion } from './read-config-version.ts';

/**
 * Makes a DRAFT the version that new workflows are routed by. Running workflows keep theirs.
 * @throws {AppError} ENTITY_NOT_FOUND; TRANSITION_ILLEGAL unless it is a DRAFT; CONFIG_VERSION_NOT_VALID when it has
 * errors, or warnings that are not acknowledged; CONFIG_VERSION_OUTDATED when a newer version is ACTIVE;
 * CONFIG_VERSION_CONFLICT when another version became ACTIVE at the same moment
 */
export async function activateConfigVersion(
  ctx: WorkspaceContext,
  { configVersionId, acknowledgeWarnings }: ActivateConfigVersion,
): Promise<Produced<typeof ConfigVersionDetails>> {
  return await ctx.db.transaction(async (tx) => {
    const version = await lockVersionFor('activate', tx, ctx, configVersionId);
    const { validationStatus, versionNumber, activeId, activeVersionNumber } = version;
    const isAcceptable =
      validationStatus === 'VALID' || (validationStatus === 'WARNINGS' && acknowledgeWarnings);
    if (!isAcceptable) {
      throw new AppError({ code: 'CONFIG_VERSION_NOT_VALID', configVersionId, validationStatus });
    }
    if (activeVersionNumber !== null && activeVersionNumber > versionNumber) {
      throw new AppError({ code: 'CONFIG_VERSION_OUTDATED', configVersionId, activeVersionNumber });
    }
    const audit = {
      action: 'configVersions.activate',
      entityType: 'configVersion',
      entityId: configVersionId,
      details: { versionNumber, validationStatus, supersededId: activeId },
    } as const;
    const [, , activated] = await Promise.all([
      makeActive(tx, ctx, configVersionId, activeId),
      recordAuditEvent(tx, ctx, audit),
      readConfigVersion(tx, configVersionId),
    ]);
    return activated;
  });
}

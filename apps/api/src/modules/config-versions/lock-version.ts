import { Prisma, type SqlTransaction } from '@apms/db';
import {
  type ConfigSourceType,
  type ConfigVersionStatus,
  nextStatus,
  type ValidationStatus,
  type VersionAction,
  versionTransitions,
} from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';

/** A version whose status nobody else can change before this transaction ends. */
export interface LockedVersion {
  readonly id: string;
  readonly sourceType: ConfigSourceType;
  readonly versionNumber: number;
  readonly status: ConfigVersionStatus;
  readonly validationStatus: ValidationStatus;
  /** The ACTIVE version of the same source, if there is one. */
  readonly activeId: string | null;
  readonly activeVersionNumber: number | null;
}

/** One lock for each workspace and source type: whoever takes a number or changes which version is ACTIVE holds it. */
export function sourceLock({ db }: Pick<WorkspaceContext, 'db'>, sourceType: Prisma.Sql): Prisma.Sql {
  const { workspaceId } = db.scope;
  return Prisma.sql`
    pg_advisory_xact_lock(hashtextextended('config_versions/' || ${workspaceId}::text || '/' || ${sourceType}, 0))`;
}

/**
 * Locks a version and its source, so that of simultaneous transitions one comes after the other and none deadlocks.
 * `sawActive` is the ACTIVE version from before the wait: another one now means that somebody else was quicker.
 */
async function lock(tx: SqlTransaction, ctx: WorkspaceContext, configVersionId: string) {
  const active = Prisma.sql`
    left join config_versions active on active.source_type = v.source_type and active.status = 'ACTIVE'`;
  // All three go in one flight; each sees what was committed when it began.
  const [[before], , [version]] = await Promise.all([
    tx.query<{ activeId: string | null }[]>(Prisma.sql`
      select active.id as "activeId" from config_versions v ${active} where v.id = ${configVersionId}`),
    tx.query(Prisma.sql`
      select ${sourceLock(ctx, Prisma.sql`v.source_type`)} from config_versions v where v.id = ${configVersionId}`),
    tx.query<LockedVersion[]>(Prisma.sql`
      select v.id, v.source_type as "sourceType", v.version_number as "versionNumber", v.status,
             v.validation_status as "validationStatus", active.id as "activeId",
             active.version_number as "activeVersionNumber"
      from config_versions v ${active}
      where v.id = ${configVersionId}
      for no key update of v`),
  ]);
  return { sawActive: before?.activeId ?? null, version };
}

/**
 * A version that allows the action, locked.
 * @throws {AppError} ENTITY_NOT_FOUND; CONFIG_VERSION_CONFLICT when another version became ACTIVE while this waited;
 * CONFIG_VERSION_ACTIVE for discarding the ACTIVE one; TRANSITION_ILLEGAL
 */
export async function lockVersionFor(
  action: VersionAction,
  tx: SqlTransaction,
  ctx: WorkspaceContext,
  configVersionId: string,
): Promise<LockedVersion> {
  const { sawActive, version } = await lock(tx, ctx, configVersionId);
  if (version === undefined) {
    throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'configVersion', id: configVersionId });
  }
  const { id, status, sourceType, activeId } = version;
  const becomesActive = action === 'activate' || action === 'rollback';
  if (becomesActive && sawActive !== activeId) {
    throw new AppError({ code: 'CONFIG_VERSION_CONFLICT', sourceType });
  }
  if (nextStatus<ConfigVersionStatus>(versionTransitions[action], status) !== null) return version;
  if (action === 'discard' && status === 'ACTIVE') {
    throw new AppError({ code: 'CONFIG_VERSION_ACTIVE', configVersionId });
  }
  throw new AppError({ code: 'TRANSITION_ILLEGAL', entity: 'configVersion', id, from: status, action });
}

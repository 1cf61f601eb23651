import { Prisma, type SqlTransaction } from '@apms/db';
import type { WorkspaceContext } from '../../context.ts';

/** Makes a DRAFT the ACTIVE version of its source; the former one becomes SUPERSEDED, and both name each other. */
export async function makeActive(
  tx: SqlTransaction,
  { actor, now }: WorkspaceContext,
  configVersionId: string,
  formerId: string | null,
): Promise<void> {
  // The former goes first, because never are two of them ACTIVE.
  await Promise.all([
    tx.query(Prisma.sql`
      update config_versions
      set status = 'SUPERSEDED', superseded_by_id = ${configVersionId}, superseded_at = ${now}, updated_at = ${now}
      where id = ${formerId}`),
    tx.query(Prisma.sql`
      update config_versions
      set status = 'ACTIVE', previous_version_id = ${formerId}, activated_by_id = ${actor.userId},
          activated_at = ${now}, updated_at = ${now},
          warnings_acknowledged_at = case validation_status when 'WARNINGS' then ${now}::timestamptz end
      where id = ${configVersionId}`),
  ]);
}

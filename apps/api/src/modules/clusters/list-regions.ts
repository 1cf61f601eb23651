import { Prisma } from '@apms/db';
import type { ClusterRegions, ConfigVersionRef } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { validateConfigVersionReference } from '../config-versions/validate-config-version-reference.ts';

/** @throws {AppError} ENTITY_NOT_FOUND for the version */
export async function listRegions(
  { db }: WorkspaceContext,
  { configVersionId }: ConfigVersionRef,
): Promise<ClusterRegions> {
  const found = await db.query<{ region: string }[]>(Prisma.sql`
    select distinct region from cluster_master
    where config_version_id = ${configVersionId} and region is not null
    order by region`);
  // As for a page of its rows: only an empty answer asks whether there is such a version.
  if (found.length === 0) await validateConfigVersionReference(db, configVersionId, 'read');
  return { regions: found.map(({ region }) => region) };
}

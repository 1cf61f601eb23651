import { newId, Prisma } from '@apms/db';
import type { CreateSite, Produced, Site } from '@apms/validators';
import { recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { readSite } from './read-site.ts';

/** @throws {AppError} ENTITY_DUPLICATE when the workspace has a site of that code */
export async function createSite(ctx: WorkspaceContext, input: CreateSite): Promise<Produced<typeof Site>> {
  const { db, now } = ctx;
  const { siteCode, name, region, city, latitude, longitude, status, clusterCode } = input;
  return await db.transaction(async (tx) => {
    const siteId = newId();
    await tx.query(Prisma.sql`
      insert into sites (id, workspace_id, site_code, name, region, city, latitude, longitude, status, cluster_code,
                         created_at, updated_at)
      values (${siteId}, ${db.scope.workspaceId}::uuid, ${siteCode}, ${name}, ${region}, ${city}, ${latitude},
              ${longitude}, ${status}, ${clusterCode}, ${now}, ${now})`);
    const audit = { action: 'sites.create', entityType: 'site', entityId: siteId, details: input } as const;
    // Neither waits for the other's rows: both go in one flight.
    const [, site] = await Promise.all([recordAuditEvent(tx, ctx, audit), readSite(tx, siteId)]);
    return site;
  });
}
